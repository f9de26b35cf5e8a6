import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { traceBackend } from '@riffq/wire';
import { serialize } from 'pg-protocol';

/** A client without a driver: sends bytes, reads back the trace of what the server says. */
export class Frontend {
  stream: Duplex;
  /** Process id and secret key out of the last BackendKeyData: what a CancelRequest has to repeat. */
  cancelKey = Buffer.alloc(0);
  #chunks: Buffer[] = [];
  /** Whole messages that nobody has asked for yet, and what follows them. */
  #messages: { readonly name: string; readonly bytes: Buffer }[] = [];
  #rest = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => {};
  readonly #onData = (chunk: Buffer): void => {
    this.#chunks.push(chunk);
    this.#wake();
  };
  readonly #onEnd = (): void => {
    this.#ended = true;
    this.stream.end();
    this.#wake();
  };

  constructor(stream: Duplex) {
    this.stream = stream;
    this.listenTo(stream);
  }

  /** Connects to a server's port of 127.0.0.1. */
  static async connect(port: number): Promise<Frontend> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Frontend(socket);
  }

  /** Goes on over another stream: a TLS socket over the old one. */
  listenTo(stream: Duplex): void {
    this.stream.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onEnd);
    this.stream = stream;
    // A reset is an end like any other; 'close' follows.
    stream.on('error', () => {});
    stream.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onEnd);
  }

  /** Starts a session as user `alice` and waits until it is ready. */
  async start(parameters: Record<string, string> = {}): Promise<string> {
    this.stream.write(serialize.startup({ user: 'alice', database: 'shop', ...parameters }));
    return this.until('ReadyForQuery');
  }

  send(...frames: readonly Uint8Array[]): void {
    this.stream.write(Buffer.concat(frames));
  }

  /** Sends frames and answers the trace up to the next ReadyForQuery. */
  ask(...frames: readonly Uint8Array[]): Promise<string> {
    this.send(...frames);
    return this.until('ReadyForQuery');
  }

  /** The next byte, which is no message: the answer to an SSLRequest. Empty when the server has ended. */
  async byte(): Promise<string> {
    for (;;) {
      this.#join();
      if (this.#rest.length > 0 || this.#ended) break;
      await this.#more();
    }
    const byte = this.#rest.toString('latin1', 0, 1);
    this.#rest = this.#rest.subarray(1);
    return byte;
  }

  /** The trace of what came since the last call, up to a message of one of these names. Fails when the server ends before. */
  async until(...names: readonly string[]): Promise<string> {
    let looked = 0;
    for (;;) {
      this.#cut();
      for (; looked < this.#messages.length; looked += 1) {
        if (names.includes(this.#messages[looked]?.name ?? '')) return this.#take(looked + 1);
      }
      if (this.#ended) throw new Error(`the server ended before ${names.join()}; it said:\n${this.#take(looked)}`);
      await this.#more();
    }
  }

  /** The trace of all that comes until the server ends; bytes that are no message are in it as such. */
  async untilEnd(): Promise<string> {
    while (!this.#ended) await this.#more();
    this.#cut();
    const trace = this.#take(this.#messages.length);
    return trace + traceBackend(this.#rest);
  }

  /** All bytes until the server ends. */
  async bytesUntilEnd(): Promise<Buffer> {
    while (!this.#ended) await this.#more();
    this.#join();
    return this.#rest;
  }

  /** Ends the connection with a reset, as a crashed client's machine does. */
  reset(): void {
    if (!(this.stream instanceof Socket)) throw new Error('only a socket can be reset');
    this.stream.resetAndDestroy();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #join(): void {
    if (this.#chunks.length === 0) return;
    this.#rest = Buffer.concat([this.#rest, ...this.#chunks]);
    this.#chunks = [];
  }

  #cut(): void {
    this.#join();
    let bytes = this.#rest;
    while (bytes.length >= 5) {
      const end = 1 + bytes.readUInt32BE(1);
      if (end > bytes.length) break;
      const message = bytes.subarray(0, end);
      const name = nameOf(message);
      if (name === 'BackendKeyData') this.cancelKey = message.subarray(5);
      this.#messages.push({ name, bytes: message });
      bytes = bytes.subarray(end);
    }
    this.#rest = bytes;
  }

  #take(count: number): string {
    const taken = this.#messages.slice(0, count);
    this.#messages = this.#messages.slice(count);
    return traceBackend(Buffer.concat(taken.map((message) => message.bytes)));
  }
}

/** A large row is not traced to learn that it is one. */
function nameOf(message: Buffer): string {
  if (message[0] === 'D'.charCodeAt(0)) return 'DataRow';
  return (traceBackend(message).split('\t')[2] ?? '').trimEnd();
}

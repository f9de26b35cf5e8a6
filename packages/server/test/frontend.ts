import type { Duplex } from 'node:stream';
import { RawClient, type RawTarget, type RawTls, type ReceivedMessage, type Reply } from '@riffq/testing';
import { startupMessage } from './startup-packets.js';

/** A raw client whose answers are the traces of what the server says. */
export class Frontend {
  readonly raw: RawClient;

  constructor(raw: RawClient) {
    this.raw = raw;
    // Who has heard the end ends too: a server waits for that.
    raw.closed.then(() => raw.stream.end());
  }

  /** Connects to a server's port of 127.0.0.1, or anywhere. */
  static async connect(target: number | RawTarget): Promise<Frontend> {
    return new Frontend(await RawClient.open(typeof target === 'number' ? { port: target } : target));
  }

  get stream(): Duplex {
    return this.raw.stream;
  }

  /** Process id and secret key out of the last BackendKeyData: what a CancelRequest has to repeat. */
  get cancelKey(): Buffer {
    return Buffer.from(this.raw.backendKey);
  }

  /** Goes on over TLS. */
  startTls(tls: RawTls): Promise<void> {
    return this.raw.startTls(tls);
  }

  /** Starts a session as user `alice` and waits until it is ready. */
  start(parameters: Record<string, string> = {}): Promise<string> {
    return this.ask(startupMessage(0, { user: 'alice', database: 'shop', ...parameters }));
  }

  send(...frames: readonly Uint8Array[]): void {
    this.raw.send(...frames);
  }

  /** Sends frames and answers the trace up to the next ReadyForQuery. */
  async ask(...frames: readonly Uint8Array[]): Promise<string> {
    return (await this.raw.ask(...frames)).trace;
  }

  /** The byte, which is no message, that answers a request for encryption. Empty when the server has ended. */
  async byte(): Promise<string> {
    const isAnswer = ({ bytes }: ReceivedMessage): boolean => bytes.length === 1;
    const reply = await this.raw.until(isAnswer).catch(() => undefined);
    return Buffer.from(reply?.messages.at(-1)?.bytes ?? []).toString('latin1');
  }

  /** The trace of what came since the last call, up to a message of one of these names. Fails when the server ends before. */
  async until(...names: readonly string[]): Promise<string> {
    return (await this.raw.until(({ name }) => names.includes(name))).trace;
  }

  /** The trace of all that comes until the server ends; bytes that are no message are in it as such. */
  async untilEnd(): Promise<string> {
    return (await this.raw.untilEnd()).trace;
  }

  /** All bytes until the server ends. */
  async bytesUntilEnd(): Promise<Buffer> {
    return bytesOf(await this.raw.untilEnd());
  }

  /** Ends the connection with a reset, as a crashed client's machine does. */
  reset(): void {
    this.raw.reset();
  }
}

function bytesOf({ messages, rest }: Reply): Buffer {
  return Buffer.concat([...messages.map(({ bytes }) => bytes), rest]);
}

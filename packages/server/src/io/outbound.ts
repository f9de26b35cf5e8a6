import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type BackendMessage, encodeBackendMessage, FrameWriter } from '@riffq/wire';
import type { Interrupt } from '../interrupt.js';
import { returnChunk } from './chunk-pool.js';
import { DirectSocket } from './direct-socket.js';

/** Replies are collected up to this many bytes, then written. */
const writeAt = 256 * 1024;
const chunksInFlight = 2;

/**
 * What goes to a client. Small messages are collected and leave in one write; the chunks of a large result are written
 * as they are filled, at most two of them in flight.
 */
export class Outbound {
  readonly #stream: Duplex;
  readonly #direct: DirectSocket | undefined;
  readonly #writer = new FrameWriter();
  /** A PassThrough's reader still holds a buffer after its write callback; only sockets have let go of it. */
  readonly #reusesChunks: boolean;
  #inFlight = 0;
  #closed = false;
  #waiting: (() => void)[] = [];
  readonly #onProgress = (): void => this.#notify();
  readonly #onClose = (): void => {
    this.#closed = true;
    this.#notify();
  };

  constructor(stream: Duplex) {
    this.#stream = stream;
    this.#direct = stream instanceof DirectSocket ? stream : undefined;
    this.#reusesChunks = stream instanceof Socket;
    stream.on('drain', this.#onProgress);
    stream.on('close', this.#onClose);
  }

  get closed(): boolean {
    return this.#closed || this.#stream.destroyed;
  }

  send(message: BackendMessage): void {
    encodeBackendMessage(this.#writer, message);
  }

  /** Adds whole messages that are encoded already, the first `length` bytes of `bytes`; they are copied. */
  sendEncoded(bytes: Uint8Array, length = bytes.length): void {
    this.#writer.start(bytes, length);
  }

  /** Writes what has been collected. */
  flush(): void {
    if (this.#writer.size === 0) return;
    const bytes = this.#writer.take();
    if (!this.closed && this.#stream.writable) {
      if (this.#direct === undefined) this.#stream.write(bytes);
      else this.#direct.send(bytes);
    }
    // What the kernel has taken at once is nobody's any more.
    this.#writer.release(this.#reusesChunks && this.unsentBytes === 0);
  }

  /** What was sent and the client has not taken, but for what the kernel holds. */
  get unsentBytes(): number {
    return this.#writer.size + (this.#direct?.unsentLength ?? this.#stream.writableLength);
  }

  /** True when the session should `await drain()` before it makes more replies. */
  get full(): boolean {
    return this.#writer.size >= writeAt || this.#stream.writableNeedDrain;
  }

  /** Writes what has been collected and waits until the client has taken enough, or is gone. */
  async drain(): Promise<void> {
    this.flush();
    while (this.#stream.writableNeedDrain && !this.closed) await this.#progress();
  }

  /** Waits until fewer than two chunks are in flight, or the client is gone. */
  async room(interrupt: Interrupt): Promise<void> {
    while (this.#inFlight >= chunksInFlight && !this.closed && interrupt.reason === undefined)
      await this.#progress(interrupt);
  }

  /** Writes the first `length` bytes of a chunk, behind what has been collected. */
  writeChunk(chunk: Uint8Array<ArrayBuffer>, length: number): void {
    this.flush();
    if (this.closed) return;
    this.#inFlight += 1;
    this.#stream.write(chunk.subarray(0, length), () => {
      this.#inFlight -= 1;
      if (this.#reusesChunks && !this.closed) returnChunk(chunk);
      this.#notify();
    });
  }

  /** Ends the stream once everything is written. */
  end(): void {
    this.flush();
    this.#stream.end();
  }

  detach(): void {
    this.#stream.off('drain', this.#onProgress);
    this.#stream.off('close', this.#onClose);
  }

  async #progress(interrupt?: Interrupt): Promise<void> {
    const forget = interrupt?.onAbort(() => this.#notify());
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
    forget?.();
  }

  #notify(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

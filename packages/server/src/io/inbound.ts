import type { Duplex } from 'node:stream';
import { type Frame, FrameReader } from '@riffq/wire';
import type { ResolvedLimits } from '../limits.js';
import { DirectSocket } from './direct-socket.js';

/** More waiting than this, and the client has to wait: the socket is paused. */
const highWaterMark = 1024 * 1024;
/** Milliseconds between two calls of `onPaused`: only the second tells, and a client that is gone is noticed within a second. */
const pausedInterval = 400;

/**
 * A client's frames, in order. While nobody takes them the socket is read on until 1 MiB waits, because a paused Node
 * socket sees neither FIN nor RST, and a client that is gone must be noticed while its statement runs. Beyond that only
 * writing to it can tell: `onPaused` is called more than twice a second.
 */
export class Inbound {
  readonly reader: FrameReader;
  /** Called once, when the client has closed its side or the stream is gone. */
  onEnd: () => void = () => {};
  /** Called now and then while the client has to wait. */
  onPaused: () => void = () => {};
  readonly #stream: Duplex;
  #ahead: Frame | undefined;
  #error: unknown;
  #ended = false;
  #interrupted = false;
  /** What calls `onPaused`, while the socket is paused. */
  #paused: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  readonly #onData = (chunk: Uint8Array, start?: number, end?: number): void => this.#receive(chunk, start, end);
  readonly #onEnd = (): void => this.#finish();

  constructor(stream: Duplex, limits: ResolvedLimits) {
    this.#stream = stream;
    this.reader = new FrameReader({ limits: limits.messageBytes });
    if (stream instanceof DirectSocket) stream.receive = this.#onData;
    else stream.on('data', this.#onData);
    stream.on('end', this.#onEnd);
    stream.on('close', this.#onEnd);
    // What has ended before says so no more.
    if (stream.destroyed || stream.readableEnded) this.#ended = true;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** True when waiting brings nothing any more: the client is gone, or the session is to end. */
  get finished(): boolean {
    return this.#ended || this.#interrupted;
  }

  /** Whether something has arrived that nobody took, if only half a frame. */
  get hasMore(): boolean {
    return this.#ahead !== undefined || this.reader.bufferedBytes > 0;
  }

  /** Looks at the next frame without taking it; undefined when it has not arrived. Throws what the reader refused. */
  peek(): Frame | undefined {
    if (this.#ahead !== undefined) return this.#ahead;
    if (this.#error !== undefined) throw this.#error;
    try {
      this.#ahead = this.reader.next();
    } catch (error) {
      this.#error = error;
      throw error;
    }
    return this.#ahead;
  }

  /** Takes the next frame; undefined when it has not arrived. */
  take(): Frame | undefined {
    const frame = this.peek();
    this.#ahead = undefined;
    this.#resume();
    return frame;
  }

  /** Whether exactly these bytes come next, in one piece. */
  startsWith(bytes: Uint8Array): boolean {
    return this.#ahead === undefined && this.#error === undefined && this.reader.startsWith(bytes);
  }

  /** Passes over so many bytes of whole frames that `startsWith` has found. */
  skip(length: number): void {
    this.reader.skip(length);
    this.#resume();
  }

  /** Settles when `peek` may have something new to say, the client is gone, or somebody interrupts. */
  wait(): Promise<void> {
    return new Promise<void>((resolve) => this.onceArrived(resolve));
  }

  /** The same without a promise: calls back once, at once if there is nothing to wait for. */
  onceArrived(callback: () => void): void {
    if (this.finished) callback();
    else this.#wake = callback;
  }

  /** Ends this and every later wait: the session is to end. */
  interrupt(): void {
    this.#interrupted = true;
    this.#notify();
  }

  /** Stops listening, for TLS or at the end; gives what had arrived and nobody looked at. */
  detach(): Uint8Array {
    if (this.#stream instanceof DirectSocket) this.#stream.receive = () => {};
    else this.#stream.off('data', this.#onData);
    this.#stream.off('end', this.#onEnd);
    this.#stream.off('close', this.#onEnd);
    this.#stopPausing();
    return this.reader.takeRest();
  }

  #receive(chunk: Uint8Array, start?: number, end?: number): void {
    // Behind a broken frame nothing can be read; it is not paused either, so that the client's end is still noticed.
    if (this.#error !== undefined) return;
    this.reader.push(chunk, start, end);
    const hasFrame = this.#hasFrame();
    // Only with a whole frame at hand: else a large message could never arrive.
    if (hasFrame && this.reader.bufferedBytes > highWaterMark) {
      this.#paused ??= setInterval(() => this.onPaused(), pausedInterval);
      this.#stream.pause();
    }
    if (hasFrame || this.#error !== undefined) this.#notify();
  }

  #hasFrame(): boolean {
    if (this.#ahead !== undefined) return true;
    try {
      return this.reader.hasNext();
    } catch (error) {
      this.#error = error;
      return false;
    }
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopPausing();
    this.onEnd();
    this.#notify();
  }

  /** Little enough waits: the client may send more. */
  #resume(): void {
    if (this.#paused === undefined || this.reader.bufferedBytes >= highWaterMark) return;
    this.#stopPausing();
    this.#stream.resume();
  }

  #stopPausing(): void {
    clearInterval(this.#paused);
    this.#paused = undefined;
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

import type { Duplex } from 'node:stream';

/** Milliseconds between two reads when the pace is limited. */
const beat = 10;

/**
 * Reads a stream at the pace that it is told. What it does not read stays where it is: first in the stream, up to its
 * high water mark, then in the kernel, until the sender has to wait.
 */
export class PacedReader {
  #stream: Duplex | undefined;
  #paused = false;
  #bytesPerSecond = Number.POSITIVE_INFINITY;
  #resting: NodeJS.Timeout | undefined;
  readonly #onChunk: (chunk: Uint8Array) => void;

  constructor(onChunk: (chunk: Uint8Array) => void) {
    this.#onChunk = onChunk;
  }

  /** Reads from a stream. */
  attach(stream: Duplex): void {
    this.#stream = stream;
    stream.on('readable', this.#read);
    this.#read();
  }

  /** Leaves the stream to somebody else. */
  detach(): void {
    this.#wake();
    this.#stream?.off('readable', this.#read);
    this.#stream = undefined;
  }

  /** Reads nothing until `resume`. */
  pause(): void {
    this.#paused = true;
  }

  /** Reads on. */
  resume(): void {
    this.#paused = false;
    this.#read();
  }

  /** Sets the pace; `Infinity` is as fast as it comes. */
  atMost(bytesPerSecond: number): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#wake();
    this.#read();
  }

  readonly #read = (): void => {
    while (this.#stream !== undefined && !this.#paused && this.#resting === undefined) {
      const chunk = this.#next(this.#stream);
      if (chunk === null) return;
      if (this.#bytesPerSecond < Number.POSITIVE_INFINITY) this.#rest((chunk.length / this.#bytesPerSecond) * 1000);
      this.#onChunk(chunk);
    }
  };

  #next(stream: Duplex): Uint8Array | null {
    if (this.#bytesPerSecond === Number.POSITIVE_INFINITY) return stream.read();
    const share = Math.max(1, Math.floor((this.#bytesPerSecond * beat) / 1000));
    return stream.read(Math.min(share, stream.readableLength));
  }

  #rest(milliseconds: number): void {
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      this.#read();
    }, milliseconds);
  }

  #wake(): void {
    clearTimeout(this.#resting);
    this.#resting = undefined;
  }
}

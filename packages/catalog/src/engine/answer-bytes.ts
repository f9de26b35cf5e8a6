import { concatenated } from './concatenated.js';

/** What PostgreSQL sent, copied out of its memory up to a limit; beyond it nothing is kept. */
export class AnswerBytes {
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #length = 0;
  #overrun = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether there was more than the limit allows. */
  get overrun(): boolean {
    return this.#overrun;
  }

  /** Copies bytes; PostgreSQL writes over them afterwards. */
  add(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#limit) {
      this.#overrun = true;
      this.#chunks = [];
    }
    if (this.#overrun) return;
    this.#chunks.push(bytes.slice());
    this.#length += bytes.length;
  }

  /** All of it in one piece. */
  bytes(): Uint8Array {
    return concatenated(this.#chunks);
  }
}

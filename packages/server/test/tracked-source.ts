import { type RecordBatch, type Schema, tableFromArrays } from 'apache-arrow';

/** A batch of one int4 column `n`. */
export function integers(...values: readonly number[]): RecordBatch {
  const [batch] = tableFromArrays({ n: Int32Array.from(values) }).batches;
  if (batch === undefined) throw new Error('a table of one column has a batch');
  return batch;
}

/** Batches that tell how far they were read, and that they were released. */
export class TrackedSource {
  pulled = 0;
  /** Settles when the source is at its end, be it read to it or told to stop. */
  readonly released: Promise<void>;
  isReleased = false;
  readonly schema: Schema = integers().schema;
  readonly #steps: readonly (RecordBatch | Error | Promise<RecordBatch>)[];
  #onReleased: () => void = () => {};

  /** Yields batches in turn; an Error among them is thrown. */
  constructor(...steps: readonly (RecordBatch | Error | Promise<RecordBatch>)[]) {
    this.#steps = steps;
    this.released = new Promise((resolve) => {
      this.#onReleased = resolve;
    });
  }

  async *batches(): AsyncGenerator<RecordBatch> {
    try {
      for (const step of this.#steps) {
        this.pulled += 1;
        if (step instanceof Error) throw step;
        yield await step;
      }
    } finally {
      this.#release();
    }
  }

  *syncBatches(): Generator<RecordBatch> {
    try {
      for (const step of this.#steps) {
        this.pulled += 1;
        if (step instanceof Error || step instanceof Promise) throw step;
        yield step;
      }
    } finally {
      this.#release();
    }
  }

  #release(): void {
    this.isReleased = true;
    this.#onReleased();
  }
}

import type { Data } from 'apache-arrow';

/** Writes the values of one column of one batch where the row loop has no kind for them: lists, structs, intervals ... */
export interface ValueWriter {
  /** Upper bound of the bytes of the rows `first` to `end`, beside the encoding's `fixedBytes`. */
  bound(first: number, end: number): number;
  /** Writes the value at `index`, which is not null, and returns the position after it. */
  write(index: number, target: Uint8Array, view: DataView, position: number): number;
}

/** Makes the writer of a column, or of the values of its dictionary. */
export type WriterFactory = (data: Data) => ValueWriter;

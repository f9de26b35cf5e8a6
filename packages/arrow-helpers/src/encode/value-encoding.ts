import type { Data } from 'apache-arrow';
import { type ValueKind, valueKind } from './value-kind.js';
import type { WriterFactory } from './value-writer.js';

/** How values are written in one format. */
export interface ValueEncoding {
  readonly kind: ValueKind;
  /** Upper bound of the bytes of every value, beside `bytesPerByte`. */
  readonly fixedBytes: number;
  /** Bytes written for each byte of a value of varying length: 0 where the length does not vary. */
  readonly bytesPerByte: number;
  /** For values of the kind `written`. */
  readonly writer: WriterFactory | null;
  /** What the values have to be. */
  readonly check: ValueCheck | null;
  /** Makes the values that are written out of those of a column. */
  readonly adapt: ((data: Data) => Data) | null;
}

/** Looks at the values of a column before the row loop writes them as they are. */
export interface ValueCheck {
  /** Whether all are what they have to be: asked once for each batch. */
  passes(data: Data): boolean;
  /** Writes a column that has one which is not, and throws at that. */
  readonly writer: WriterFactory;
}

/** An encoding of values that take at most `bytes`. */
export function fixedEncoding(kind: ValueKind, bytes: number): ValueEncoding {
  return { kind, fixedBytes: bytes, bytesPerByte: 0, writer: null, check: null, adapt: null };
}

/** An encoding of values of varying length that are found by offsets. */
export function varyingEncoding(kind: ValueKind, fixedBytes: number, bytesPerByte: number): ValueEncoding {
  return { kind, fixedBytes, bytesPerByte, writer: null, check: null, adapt: null };
}

/** An encoding by a writer of values that take at most `bytes`. */
export function fixedWriting(bytes: number, writer: WriterFactory): ValueEncoding {
  return { kind: valueKind.written, fixedBytes: bytes, bytesPerByte: 0, writer, check: null, adapt: null };
}

/** An encoding by a writer that knows itself how long its values may be. */
export function varyingWriting(writer: WriterFactory): ValueEncoding {
  return { kind: valueKind.written, fixedBytes: 0, bytesPerByte: 1, writer, check: null, adapt: null };
}

/** An encoding of values that are checked. */
export function checkedEncoding(encoding: ValueEncoding, check: ValueCheck): ValueEncoding {
  return { ...encoding, check };
}

/** A field that is NULL, or the marker of a default, in place of a start. */
export const NULL_FIELD = -1;
export const DEFAULT_FIELD = -2;

/** The fields of one line: where they begin and end, in the line itself or, if they had escapes, in `unescaped`. */
export class LineFields {
  /** How many the line has, which may be more than are kept. */
  count = 0;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** By field: whether it is in `unescaped`. */
  readonly isUnescaped: Uint8Array;
  /** By field: whether any of it was in quotes. */
  readonly isQuoted: Uint8Array;
  unescaped = Buffer.alloc(0);

  /** @param capacity - how many columns there are: fields beyond are only counted */
  constructor(readonly capacity: number) {
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.isUnescaped = new Uint8Array(capacity);
    this.isQuoted = new Uint8Array(capacity);
  }

  /** Forgets the fields and makes room for the next line's. */
  reset(lineBytes: number): void {
    this.count = 0;
    if (lineBytes > this.unescaped.length) this.unescaped = Buffer.allocUnsafeSlow(Math.max(lineBytes, 4096));
  }

  /** Adds a field. */
  add(start: number, end: number, isUnescaped: boolean, isQuoted: boolean): void {
    const field = this.count++;
    if (field >= this.capacity) return;
    this.starts[field] = start;
    this.ends[field] = end;
    this.isUnescaped[field] = isUnescaped ? 1 : 0;
    this.isQuoted[field] = isQuoted ? 1 : 0;
  }
}

/** Cuts a line into fields. */
export interface FieldSplitter {
  /** Sets the fields to those of the line at `start` to `end`. Throws PgError without `where`. */
  split(bytes: Buffer, start: number, end: number, fields: LineFields): void;
}

/** Whether the bytes at `start` to `end` are the text. */
export function isText(bytes: Buffer, start: number, end: number, text: Buffer): boolean {
  if (end - start !== text.length) return false;
  for (let index = 0; index < text.length; index++) if (bytes[start + index] !== text[index]) return false;
  return true;
}

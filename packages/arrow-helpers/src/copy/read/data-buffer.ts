import { PgError, sqlstate } from '@riffq/wire';

const FIRST_BYTES = 65_536;
/** So many bytes behind the data can be looked at, whatever they are: a loop takes several at a time. */
export const SLACK_BYTES = 1024;

/** PostgreSQL's own limit of a line or a binary field (MaxAllocSize). */
export const MAXIMUM_BYTES = 0x3fff_ffff;

/** COPY data that has arrived and is still needed, in one piece. */
export class DataBuffer {
  bytes = Buffer.allocUnsafeSlow(FIRST_BYTES + SLACK_BYTES);
  /** Of the same bytes. */
  view = viewOf(this.bytes);
  /** The first byte that is still needed. */
  start = 0;
  /** The end of what has arrived. */
  end = 0;

  /** @param maximum - the most bytes that are kept, but for one chunk */
  constructor(readonly maximum: number) {}

  /**
   * Adds data. Positions change, but not those relative to `start`.
   *
   * @throws PgError 54000 if a line or field is longer than that
   */
  append(chunk: Uint8Array): void {
    const held = this.end - this.start;
    const capacity = this.bytes.length - SLACK_BYTES;
    if (this.end + chunk.length > capacity) {
      const needed = held + chunk.length;
      if (needed > Math.max(this.maximum, FIRST_BYTES)) throw this.tooLong(held, chunk.length);
      if (needed <= capacity) {
        this.bytes.copyWithin(0, this.start, this.end);
      } else {
        const size = Math.max(needed, Math.min(2 * capacity, this.maximum));
        const larger = Buffer.allocUnsafeSlow(size + SLACK_BYTES);
        this.bytes.copy(larger, 0, this.start, this.end);
        this.bytes = larger;
        this.view = viewOf(larger);
      }
      this.start = 0;
      this.end = held;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** 54000: there is no room for so many bytes. */
  tooLong(held: number, more: number): PgError {
    return new PgError({
      sqlstate: sqlstate.program_limit_exceeded,
      message: `string buffer exceeds maximum allowed length (${this.maximum} bytes)`,
      detail: `Cannot enlarge string buffer containing ${held} bytes by ${more} more bytes.`,
    });
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

import { PgError, sqlstate } from '@riffq/wire';

const FIRST_BYTES = 65_536;

/** PostgreSQL's own limit of a line or a binary field (MaxAllocSize). */
export const MAXIMUM_BYTES = 0x3fff_ffff;

/** COPY data that has arrived and is still needed, in one piece. */
export class DataBuffer {
  bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
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
    if (this.end + chunk.length > this.bytes.length) {
      const needed = held + chunk.length;
      if (needed > Math.max(this.maximum, FIRST_BYTES)) throw this.tooLong(held, chunk.length);
      if (needed <= this.bytes.length) {
        this.bytes.copyWithin(0, this.start, this.end);
      } else {
        const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(2 * this.bytes.length, this.maximum)));
        this.bytes.copy(larger, 0, this.start, this.end);
        this.bytes = larger;
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

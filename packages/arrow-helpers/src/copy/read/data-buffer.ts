import { PgError, sqlstate } from '@riffq/wire';

const FIRST_BYTES = 65_536;
/** So many bytes behind the data can be looked at, whatever they are: a loop takes several at a time. */
export const SLACK_BYTES = 1024;
/** So much of a chunk is read at a time. */
const PIECE_BYTES = 65_536;
/** A chunk of fewer bytes is copied sooner than a view of it is made. */
const BORROWED_BYTES = 8192;
/** So much of a chunk is copied at first behind what is left of the one before, for a row that is in both. */
const FIRST_COPIED_BYTES = 2048;

/** PostgreSQL's own limit of a line or a binary field (MaxAllocSize). */
export const MAXIMUM_BYTES = 0x3fff_ffff;

const noBytes = new Uint8Array(0);

/**
 * COPY data that has arrived and is still needed, in one piece: a part of the chunk that came last, as long as it is read, or a copy of
 * what is in several.
 */
export class DataBuffer {
  #own: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES + SLACK_BYTES);
  #ownView = viewOf(this.#own);
  bytes: Buffer = this.#own;
  /** Of the same bytes. */
  view = this.#ownView;
  /** The first byte that is still needed. */
  start = 0;
  /** The end of what has arrived. */
  end = 0;
  #chunk: Uint8Array = noBytes;
  /** How much of the chunk has arrived here. */
  #given = 0;

  /** @param maximum - the most bytes that are kept, but no fewer than at first */
  constructor(readonly maximum: number) {}

  /** Begins with a chunk, of which nothing arrives before {@link DataBuffer.advance}. */
  append(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#given = 0;
  }

  /**
   * Adds a piece of the chunk; false when all of it has been added, and is not needed any more. Positions change, but not those relative
   * to `start`.
   *
   * @throws PgError 54000 if a line or field is longer than that
   */
  advance(): boolean {
    const rest = this.#chunk.length - this.#given;
    if (rest === 0) {
      this.#chunk = noBytes;
      if (this.bytes !== this.#own) this.#moveToOwn(0);
      return false;
    }
    const held = this.end - this.start;
    // The line or field that is held may end with the next byte: so much of the chunk is looked at as there is room for.
    const room = Math.max(this.maximum, FIRST_BYTES) - held;
    if (room <= 0) throw this.tooLong(held, rest);
    const borrowed = this.#borrowedBytes(held);
    const piece = Math.min(PIECE_BYTES, room, borrowed > 0 ? borrowed : this.#copiedBytes(held));
    if (borrowed > 0) this.#borrow(held);
    else this.#copy(piece);
    this.end += piece;
    this.#given += piece;
    return true;
  }

  /** 54000: there is no room for so many bytes. */
  tooLong(held: number, more: number): PgError {
    return new PgError({
      sqlstate: sqlstate.program_limit_exceeded,
      message: `string buffer exceeds maximum allowed length (${this.maximum} bytes)`,
      detail: `Cannot enlarge string buffer containing ${held} bytes by ${more} more bytes.`,
    });
  }

  /** How many bytes can be read where they are, without what is held before them being elsewhere; 0 if these are too few. */
  #borrowedBytes(held: number): number {
    const { buffer, byteOffset, length } = this.#chunk;
    const slack = Math.min(SLACK_BYTES, buffer.byteLength - byteOffset - length);
    const bytes = length - SLACK_BYTES + slack - this.#given;
    return held <= this.#given && bytes >= (this.bytes === this.#own ? BORROWED_BYTES : 1) ? bytes : 0;
  }

  /** How many bytes are copied: not many, where the rest can be borrowed once the row at hand is whole. */
  #copiedBytes(held: number): number {
    const rest = this.#chunk.length - this.#given;
    return held > this.#given && rest >= BORROWED_BYTES
      ? Math.min(rest, Math.max(FIRST_COPIED_BYTES, this.#given))
      : rest;
  }

  #borrow(held: number): void {
    if (this.bytes !== this.#own) return;
    const { buffer, byteOffset, length } = this.#chunk;
    const size = Math.min(length + SLACK_BYTES, buffer.byteLength - byteOffset);
    this.bytes = Buffer.from(buffer, byteOffset, size);
    this.view = viewOf(this.bytes);
    this.start = this.#given - held;
    this.end = this.#given;
  }

  #copy(size: number): void {
    if (this.bytes !== this.#own || this.end + size > this.#own.length - SLACK_BYTES) this.#moveToOwn(size);
    this.#own.set(this.#chunk.subarray(this.#given, this.#given + size), this.end);
  }

  /** Moves what is needed to where there is room for `more` bytes behind it. */
  #moveToOwn(more: number): void {
    const held = this.end - this.start;
    const needed = held + more;
    const capacity = this.#own.length - SLACK_BYTES;
    const source = this.bytes;
    if (needed > capacity) {
      this.#own = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(2 * capacity, this.maximum)) + SLACK_BYTES);
      this.#ownView = viewOf(this.#own);
    }
    source.copy(this.#own, 0, this.start, this.end);
    this.bytes = this.#own;
    this.view = this.#ownView;
    this.start = 0;
    this.end = held;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

import { PgError } from './pg-error.js';
import { sqlstate } from './sqlstate.generated.js';

/** PostgreSQL's own: no message of it is longer (MaxAllocSize). */
const longestMessage = 0x3fff_ffff;

/** Up to this many characters a loop in JavaScript costs less than a call of native code. */
const shortText = 48;
/** The same of bytes. */
const shortBytes = 128;

/** Memory up to this size is used again. */
const largestSpare = 64 * 1024;

const nothing: Buffer = Buffer.alloc(0);
/** Memory that nobody looks at any more, for whoever writes next: most replies are written and gone within one turn. */
let spare: Buffer = nothing;
/** What was taken last, and of which memory: a reply is often as long as the one before, and a view takes longer to make than to fill. */
let lastView: Uint8Array = nothing;
let lastViewed: Buffer = nothing;

/**
 * Where messages are written, one after the other, until {@link FrameWriter.take} hands them out. A message is
 * `begin(type)`, its fields, `end()`; all numbers are big-endian.
 *
 * A message that gets longer than 1 GiB (PostgreSQL's limit) is a PgError 54000, and the writer then is as it was before
 * its `begin`.
 */
export class FrameWriter {
  readonly #initialSize: number;
  #buffer: Buffer = nothing;
  /** What was taken last, until it is known whether it can be used again. */
  #taken: Buffer = nothing;
  #position = 0;
  /** Where the message in progress begins. */
  #start = 0;

  /** @param initialSize - bytes allocated at the first write after `take`. @defaultValue 512 */
  constructor(initialSize = 512) {
    this.#initialSize = initialSize;
  }

  /** Bytes written and not yet taken. */
  get size(): number {
    return this.#position;
  }

  /** What was written since the last time. It is the caller's: the writer keeps no memory of it, unless it is given back. */
  take(): Uint8Array {
    const buffer = this.#buffer;
    const bytes = viewOf(buffer, this.#position);
    this.#taken = buffer;
    this.#buffer = nothing;
    this.#position = 0;
    return bytes;
  }

  /** Says of what was taken last whether its memory can be used again: true when nobody holds the bytes any more. */
  release(reusable: boolean): void {
    if (reusable && this.#taken.length <= largestSpare && this.#taken.length > spare.length) spare = this.#taken;
    this.#taken = nothing;
  }

  /** Forgets what was written since `size` was this. Nothing may have been taken in between. */
  backTo(size: number): void {
    this.#position = size;
  }

  /** Begins a message with its type byte. */
  begin(type: number): void {
    this.#start = this.#position;
    this.#reserve(5);
    this.#buffer[this.#position] = type;
    this.#position += 5;
  }

  /** Ends the message: fills in its length. */
  end(): void {
    const length = this.#position - this.#start - 1;
    const lengthAt = this.#start + 1;
    this.#buffer[lengthAt] = length >>> 24;
    this.#buffer[lengthAt + 1] = length >>> 16;
    this.#buffer[lengthAt + 2] = length >>> 8;
    this.#buffer[lengthAt + 3] = length;
  }

  /** One byte. */
  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#position++] = value;
  }

  /** The lower 16 bits of the value, signed or not. */
  int16(value: number): void {
    this.#reserve(2);
    this.#buffer[this.#position++] = value >>> 8;
    this.#buffer[this.#position++] = value;
  }

  /** The lower 32 bits of the value, signed or not. */
  int32(value: number): void {
    this.#reserve(4);
    this.#buffer[this.#position++] = value >>> 24;
    this.#buffer[this.#position++] = value >>> 16;
    this.#buffer[this.#position++] = value >>> 8;
    this.#buffer[this.#position++] = value;
  }

  /** How many entries follow, as 16 bits. @throws PgError 54000 above 65,535 */
  count(entries: number): void {
    if (entries > 0xffff) {
      this.#position = this.#start;
      throw new PgError({
        sqlstate: sqlstate.program_limit_exceeded,
        message: 'message cannot hold more than 65535 entries',
        detail: `There are ${entries}.`,
      });
    }
    this.int16(entries);
  }

  /** The bytes as they are, copied. */
  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#position);
    this.#position += value.length;
  }

  /** The first `length` bytes of a value, copied. */
  start(value: Uint8Array, length: number): void {
    if (length > shortBytes) {
      this.bytes(value.subarray(0, length));
      return;
    }
    this.#reserve(length);
    const buffer = this.#buffer;
    const position = this.#position;
    for (let index = 0; index < length; index++) buffer[position + index] = value[index]!;
    this.#position = position + length;
  }

  /** A length of 32 bits and the value, text as UTF-8; length -1 for null. */
  value(value: Uint8Array | string | null): void {
    if (value === null) {
      this.int32(-1);
    } else if (typeof value === 'string') {
      const lengthAt = this.size;
      this.int32(0);
      this.#text(value);
      // Relative to what was taken: growing moves the buffer.
      this.#buffer.writeInt32BE(this.size - lengthAt - 4, lengthAt);
    } else if (value instanceof Uint8Array) {
      this.int32(value.length);
      this.bytes(value);
    } else {
      throw new PgError({ sqlstate: sqlstate.internal_error, message: 'a value must be text, bytes or null' });
    }
  }

  /** The text as UTF-8 and a NUL. The text is cut before a NUL of its own, which the protocol cannot carry. */
  cstring(text: string): void {
    const nul = text.indexOf('\0');
    this.#text(nul === -1 ? text : text.slice(0, nul));
    this.byte(0);
  }

  #text(text: string): void {
    if (text.length <= shortText) {
      this.#reserve(text.length);
      const start = this.#position;
      let all = 0;
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        all |= code;
        this.#buffer[start + index] = code;
      }
      if (all < 0x80) {
        this.#position = start + text.length;
        return;
      }
    }
    const length = Buffer.byteLength(text);
    this.#reserve(length);
    this.#buffer.write(text, this.#position, length, 'utf8');
    this.#position += length;
  }

  #reserve(length: number): void {
    if (this.#position + length > this.#buffer.length) this.#grow(length);
  }

  #grow(length: number): void {
    // The buffer never has room for more than the longest message, so a longer one always comes by here.
    const longest = this.#start + longestMessage;
    const needed = this.#position + length;
    if (needed > longest) this.#refuse(length);
    const size = Math.max(this.#initialSize, needed, Math.min(2 * this.#position, longest));
    const grown = size <= spare.length ? takeSpare() : Buffer.allocUnsafe(size);
    if (this.#position > 0) grown.set(this.#buffer.subarray(0, this.#position));
    this.#buffer = grown;
  }

  /** Takes the message in progress back. */
  #refuse(length: number): never {
    const written = this.#position - this.#start;
    this.#position = this.#start;
    throw new PgError({
      sqlstate: sqlstate.program_limit_exceeded,
      message: `string buffer exceeds maximum allowed length (${longestMessage} bytes)`,
      detail: `Cannot enlarge string buffer containing ${written} bytes by ${length} more bytes.`,
    });
  }
}

/** A plain view: `slice()` of a Buffer does not copy as that of a Uint8Array does. */
function viewOf(buffer: Buffer, length: number): Uint8Array {
  // Memory comes here a second time only when it was given back, and with it the view.
  if (buffer === lastViewed && length === lastView.length) return lastView;
  const view = new Uint8Array(buffer.buffer, buffer.byteOffset, length);
  if (buffer.length <= largestSpare) {
    lastView = view;
    lastViewed = buffer;
  }
  return view;
}

function takeSpare(): Buffer {
  const taken = spare;
  spare = nothing;
  return taken;
}

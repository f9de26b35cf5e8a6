import { ArrivedFrame, type Frame } from './frame.js';
import { PgError } from './pg-error.js';
import { sqlstate } from './sqlstate.generated.js';
import { decodeUtf8 } from './utf8.js';

/** Up to this many bytes a loop finds a NUL sooner than native code. */
const shortText = 48;

/**
 * Reads the numbers, strings and bytes of one message body or binary value, all big-endian. Every read is checked: one
 * beyond the end is a PgError 08P01, and so is whatever {@link BufferReader.end} finds unread.
 * https://www.postgresql.org/docs/18/protocol-message-types.html
 */
export class BufferReader {
  #bytes: Uint8Array;
  #start: number;
  #end: number;
  #name: string;
  #severity: 'ERROR' | 'FATAL';
  #position: number;
  /** The same bytes, made when the first text is read. */
  #buffer: Buffer | undefined;

  /** @param name - what is read, for the detail of errors: `Bind`, `parameter $1`. */
  constructor(bytes: Uint8Array, name: string, severity: 'ERROR' | 'FATAL' = 'ERROR', start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#name = name;
    this.#severity = severity;
    this.#position = start;
  }

  /** Reads a frame's body. There is one reader for all frames: it is the caller's until the next frame is read. */
  static of(frame: Frame, name: string, severity: 'ERROR' | 'FATAL' = 'ERROR'): BufferReader {
    const reader = BufferReader.#ofFrames;
    if (frame instanceof ArrivedFrame) reader.#begin(frame.bytes, name, severity, frame.start, frame.end);
    else reader.#begin(frame.body, name, severity, 0, frame.body.length);
    return reader;
  }

  static readonly #ofFrames = new BufferReader(new Uint8Array(), '');

  #begin(bytes: Uint8Array, name: string, severity: 'ERROR' | 'FATAL', start: number, end: number): void {
    if (bytes !== this.#bytes) this.#buffer = undefined;
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#name = name;
    this.#severity = severity;
    this.#position = start;
  }

  /** Bytes not yet read. */
  get remaining(): number {
    return this.#end - this.#position;
  }

  /** One byte, unsigned. */
  byte(): number {
    return this.#bytes[this.#advance(1)]!;
  }

  /** An unsigned 16-bit number, as counts and format codes are. */
  uint16(): number {
    const start = this.#advance(2);
    return (this.#bytes[start]! << 8) | this.#bytes[start + 1]!;
  }

  /** A signed 32-bit number, as lengths are. */
  int32(): number {
    const start = this.#advance(4);
    const bytes = this.#bytes;
    return (bytes[start]! << 24) | (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!;
  }

  /** An unsigned 32-bit number, as OIDs and process ids are. */
  uint32(): number {
    return this.int32() >>> 0;
  }

  /** `length` bytes, which are not copied: they alias what the reader was made with. */
  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + start, length);
  }

  /** An int32 length and as many bytes, not copied; null for length -1. */
  value(): Uint8Array | null {
    const length = this.int32();
    return length === -1 ? null : this.bytes(length);
  }

  /** All bytes that are left, not copied. */
  rest(): Uint8Array {
    return this.bytes(this.remaining);
  }

  /**
   * The text up to the next NUL.
   *
   * @throws PgError 08P01 if there is no NUL, 22021 if the text is not UTF-8.
   */
  cstring(): string {
    if (this.#position < this.#end && this.#bytes[this.#position] === 0) {
      this.#position += 1;
      return '';
    }
    const start = this.#position;
    const end = this.#nulFrom(start);
    if (end === -1) throw this.violation('invalid string in message');
    this.#position = end + 1;
    this.#buffer ??= asBuffer(this.#bytes);
    return decodeUtf8(this.#buffer, start, end, this.#severity);
  }

  /** Whether the last byte of all is a NUL: else the last text has no end. */
  get endsWithNul(): boolean {
    return this.#end > this.#start && this.#bytes[this.#end - 1] === 0;
  }

  /** Makes sure that all was read. @throws PgError 08P01 if anything is left */
  end(): void {
    if (this.remaining !== 0) throw this.violation('invalid message format');
  }

  /** A PgError 08P01 with this message, its detail telling where in what the reader stands. */
  violation(message: string): PgError {
    return new PgError({
      severity: this.#severity,
      sqlstate: sqlstate.protocol_violation,
      message,
      detail: `Reading stopped at byte ${this.#position - this.#start} of the ${this.#end - this.#start} bytes of ${this.#name}.`,
    });
  }

  #nulFrom(start: number): number {
    const bytes = this.#bytes;
    const nearby = Math.min(this.#end, start + shortText);
    for (let at = start; at < nearby; at++) if (bytes[at] === 0) return at;
    const at = bytes.indexOf(0, nearby);
    return at < this.#end ? at : -1;
  }

  #advance(length: number): number {
    const start = this.#position;
    if (length < 0 || length > this.#end - start) throw this.violation('insufficient data left in message');
    this.#position = start + length;
    return start;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

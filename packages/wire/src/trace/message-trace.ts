import type { BufferReader } from '../buffer-reader.js';

/** Writes the fields of one message as libpq's PQtrace does, reading them as it goes. */
export class MessageTrace {
  /** The fields so far, each with a space before it. */
  text = '';
  readonly #reader: BufferReader;

  constructor(reader: BufferReader) {
    this.#reader = reader;
  }

  /** Bytes of the body not yet read. */
  get remaining(): number {
    return this.#reader.remaining;
  }

  /** Passes over bytes that are not shown. */
  skip(length: number): this {
    this.#reader.bytes(length);
    return this;
  }

  /** One byte, as a character. */
  byte(): number {
    const byte = this.#reader.byte();
    this.text += ` ${printable(byte)}`;
    return byte;
  }

  /** 16 bits, unsigned as with libpq. */
  int16(): number {
    const value = this.#reader.uint16();
    this.text += ` ${value}`;
    return value;
  }

  /** 32 bits, signed as with libpq. */
  int32(): number {
    const value = this.#reader.int32();
    this.text += ` ${value}`;
    return value;
  }

  /** A text up to its NUL, in double quotes. */
  string(): string {
    const value = this.#reader.cstring();
    this.text += ` "${value}"`;
    return value;
  }

  /** A length and as many bytes; only the length if it is -1. */
  value(): void {
    const length = this.int32();
    if (length !== -1) this.#quote(this.#reader.bytes(length));
  }

  /** All that is left, in single quotes. */
  rest(): void {
    this.#quote(this.#reader.rest());
  }

  /** A count of 16 bits and as many entries. */
  list(entry: () => void): void {
    const count = this.int16();
    for (let index = 0; index < count; index++) entry();
  }

  #quote(bytes: Uint8Array): void {
    this.text += ` '${Array.from(bytes, printable).join('')}'`;
  }
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
}

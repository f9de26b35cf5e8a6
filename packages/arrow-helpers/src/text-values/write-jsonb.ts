/** Puts JSON into the form that jsonb has it in while it is read, byte by byte: for what is no rarity no string is made. */
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endOfScalar,
  isPlainByte,
  isShortEscape,
  MOST_JSON_LEVELS,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from './json-bytes.js';
import { ESCAPE_BYTES, escapedCharacter, writeUtf8 } from './json-escape.js';
import { JsonbMembers } from './jsonb-members.js';

const SLASH = 0x2f;
const LETTER_U = 0x75;

const isWhiteSpace = new Uint8Array(256);
for (const character of ' \t\n\r') isWhiteSpace[character.charCodeAt(0)] = 1;

/** In place of where an object's members begin: the level is an array's. */
const ARRAY = -1;

/**
 * Writes the JSON in UTF-8 at `start` to `end` as jsonb prints it to where there is room for twice as many bytes; returns the end of what
 * it wrote, or -1 for what has to be looked at more closely: what is no JSON, numbers with exponents, keys with escapes, characters
 * that jsonb has not, and deep nesting. Then there may be anything behind `to`.
 */
export function writeJsonb(target: Uint8Array, to: number, bytes: Uint8Array, start: number, end: number): number {
  return writer.write(target, to, bytes, start, end);
}

const noBytes = new Uint8Array(0);

class JsonbWriter {
  #target: Uint8Array = noBytes;
  #to = 0;
  #bytes: Uint8Array = noBytes;
  #at = 0;
  #end = 0;
  /** By level: where its members begin. */
  readonly #bases = new Int32Array(MOST_JSON_LEVELS);
  readonly #members = new JsonbMembers();

  write(target: Uint8Array, to: number, bytes: Uint8Array, start: number, end: number): number {
    this.#target = target;
    this.#to = to;
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#members.begin(target);
    const isDone = this.#document();
    this.#members.forget();
    this.#target = noBytes;
    this.#bytes = noBytes;
    return isDone ? this.#to : -1;
  }

  /** False for what has to be looked at more closely. */
  #document(): boolean {
    const bases = this.#bases;
    for (let level = -1; ; ) {
      const first = this.#next();
      if (first === OPEN_BRACKET || first === OPEN_BRACE) {
        level += 1;
        if (level === MOST_JSON_LEVELS) return false;
        bases[level] = first === OPEN_BRACKET ? ARRAY : this.#members.top;
        this.#put(first);
        if (this.#next() !== first + 2) {
          if (first === OPEN_BRACE && !this.#key()) return false;
          continue;
        }
      } else if (!(first === QUOTE ? this.#string() : this.#scalar())) return false;
      // What comes behind a value.
      for (;;) {
        const byte = this.#next();
        if (level < 0) return this.#at === this.#end;
        const base = bases[level]!;
        if (byte === (base === ARRAY ? CLOSE_BRACKET : CLOSE_BRACE)) {
          if (base !== ARRAY) this.#to = this.#members.end(base, this.#to);
          this.#put(byte);
          level -= 1;
          continue;
        }
        if (byte !== COMMA) return false;
        if (base !== ARRAY) this.#members.endValue(this.#to);
        this.#put(COMMA);
        this.#target[this.#to++] = SPACE;
        if (base !== ARRAY && !this.#key()) return false;
        break;
      }
    }
  }

  /** The next byte that is no white space; -1 at the end. */
  #next(): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = this.#at;
    while (at < end && isWhiteSpace[bytes[at]!] !== 0) at += 1;
    this.#at = at;
    return at < end ? bytes[at]! : -1;
  }

  #put(byte: number): void {
    this.#target[this.#to++] = byte;
    this.#at += 1;
  }

  /** A key and its colon. Of one with escapes the length would be another one. */
  #key(): boolean {
    if (this.#next() !== QUOTE) return false;
    const bytes = this.#bytes;
    const target = this.#target;
    const end = this.#end;
    const start = this.#to + 1;
    let at = this.#at + 1;
    let to = start;
    target[to - 1] = QUOTE;
    for (; at < end && isPlainByte[bytes[at]!] !== 0; at++) target[to++] = bytes[at]!;
    if (at === end || bytes[at] !== QUOTE) return false;
    target[to] = QUOTE;
    this.#to = to + 1;
    this.#at = at + 1;
    this.#members.add(start, to);
    if (this.#next() !== COLON) return false;
    this.#put(COLON);
    this.#target[this.#to++] = SPACE;
    return true;
  }

  #string(): boolean {
    const bytes = this.#bytes;
    const target = this.#target;
    const end = this.#end;
    let at = this.#at + 1;
    let to = this.#to;
    target[to++] = QUOTE;
    while (at < end) {
      const byte = bytes[at]!;
      if (isPlainByte[byte] !== 0) {
        target[to++] = byte;
        at += 1;
      } else if (byte === QUOTE) {
        target[to++] = QUOTE;
        this.#to = to;
        this.#at = at + 1;
        return true;
      } else {
        if (byte !== BACKSLASH || at + 1 >= end) return false;
        const escaped = bytes[at + 1]!;
        if (escaped === LETTER_U) {
          const character = escapedCharacter(bytes, at, end);
          if (character < 0) return false;
          to = writeUtf8(target, to, character);
          at += character > 0xffff ? 2 * ESCAPE_BYTES : ESCAPE_BYTES;
          continue;
        }
        if (isShortEscape[escaped] !== 0) target[to++] = BACKSLASH;
        else if (escaped !== SLASH) return false;
        target[to++] = escaped;
        at += 2;
      }
    }
    return false;
  }

  /** A number or a word, which are as they are. */
  #scalar(): boolean {
    const start = this.#at;
    if (start === this.#end) return false;
    const end = endOfScalar(this.#bytes, start, this.#end);
    if (end < 0) return false;
    const bytes = this.#bytes;
    const target = this.#target;
    let to = this.#to;
    for (let at = start; at < end; at++) target[to++] = bytes[at]!;
    this.#to = to;
    this.#at = end;
    return true;
  }
}

const writer = new JsonbWriter();

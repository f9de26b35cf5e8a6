/** Ranges as they are written, read as range_parse and multirange_in do: https://www.postgresql.org/docs/18/rangetypes.html#RANGETYPES-IO */
import { PgError, sqlstate } from '@riffq/wire';
import { isSpace } from '../array-input/scan-text.js';

/** A range whose bounds nobody has looked at; undefined stands for a bound that there is not. */
export interface WrittenRange {
  readonly lower: string | undefined;
  readonly upper: string | undefined;
  readonly includesLower: boolean;
  readonly includesUpper: boolean;
}

/** `'empty'` is the range that holds nothing. */
export type RangeLiteral = WrittenRange | 'empty';

const EMPTY = /empty/iy;
const NEEDS_QUOTES = /^$|["\\()[\],\s]/;

/**
 * Reads `[1,5)`.
 *
 * @throws PgError 22P02 for what is none
 */
export function parseRange(text: string): RangeLiteral {
  return new RangeScanner(text).range();
}

/**
 * Reads `{[1,5),[7,9)}`, one after the other: what is wrong with one is found before what is wrong behind it.
 *
 * @throws PgError 22P02 for what is none
 */
export function* parseMultirange(text: string): Generator<RangeLiteral, void> {
  const scanner = new MultirangeScanner(text);
  for (let part = scanner.next(); part !== undefined; part = scanner.next()) yield parseRange(part);
}

/** A range as PostgreSQL prints it. */
export function formatRange(range: RangeLiteral): string {
  if (range === 'empty') return range;
  const { lower, upper, includesLower, includesUpper } = range;
  return `${includesLower ? '[' : '('}${boundText(lower)},${boundText(upper)}${includesUpper ? ']' : ')'}`;
}

function boundText(bound: string | undefined): string {
  if (bound === undefined) return '';
  return NEEDS_QUOTES.test(bound) ? `"${bound.replace(/["\\]/g, '$&$&')}"` : bound;
}

function malformed(kind: 'range' | 'multirange', text: string, detail: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_text_representation,
    message: `malformed ${kind} literal: "${text}"`,
    detail,
  });
}

function behindSpaces(text: string, start: number): number {
  let at = start;
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isEmptyAt(text: string, at: number): boolean {
  EMPTY.lastIndex = at;
  return EMPTY.test(text);
}

class RangeScanner {
  #at = 0;

  constructor(private readonly text: string) {}

  range(): RangeLiteral {
    this.#at = behindSpaces(this.text, 0);
    if (isEmptyAt(this.text, this.#at)) {
      this.#at += 'empty'.length;
      this.#end('Junk after "empty" key word.');
      return 'empty';
    }
    const open = this.#next();
    if (open !== '[' && open !== '(') throw this.#malformed('Missing left parenthesis or bracket.');
    const lower = this.#bound();
    if (this.#next() !== ',') throw this.#malformed('Missing comma after lower bound.');
    const upper = this.#bound();
    const close = this.#next();
    if (close === ',') throw this.#malformed('Too many commas.');
    this.#end('Junk after right parenthesis or bracket.');
    return { lower, upper, includesLower: open === '[', includesUpper: close === ']' };
  }

  /** What stands before the next comma, bracket or parenthesis. */
  #bound(): string | undefined {
    if (this.#isAtDelimiter()) return undefined;
    let bound = '';
    for (let isQuoted = false; isQuoted || !this.#isAtDelimiter(); ) {
      const character = this.#next();
      if (character === '\\') bound += this.#next();
      else if (character !== '"') bound += character;
      else if (isQuoted && this.text[this.#at] === '"') bound += this.#next();
      else isQuoted = !isQuoted;
    }
    return bound;
  }

  #isAtDelimiter(): boolean {
    const character = this.text[this.#at];
    return character === ',' || character === ')' || character === ']';
  }

  #next(): string {
    const character = this.text[this.#at];
    this.#at += 1;
    if (character === undefined) {
      const isBegun = this.text.length > behindSpaces(this.text, 0);
      throw this.#malformed(isBegun ? 'Unexpected end of input.' : 'Missing left parenthesis or bracket.');
    }
    return character;
  }

  #end(detail: string): void {
    if (behindSpaces(this.text, this.#at) < this.text.length) throw this.#malformed(detail);
  }

  #malformed(detail: string): PgError {
    return malformed('range', this.text, detail);
  }
}

class MultirangeScanner {
  #at: number;
  #isFirst = true;

  constructor(private readonly text: string) {
    this.#at = behindSpaces(text, 0);
    if (text[this.#at] !== '{') throw this.#malformed('Missing left brace.');
    this.#at += 1;
  }

  /** The next range that is not empty; undefined behind the last one. */
  next(): string | undefined {
    for (;;) {
      const first = this.#character();
      if (first === '}' && this.#isFirst) return this.#end();
      if (!this.#isFirst) {
        if (first === '}') return this.#end();
        if (first !== ',') throw this.#malformed('Expected comma or end of multirange.');
        this.#at += 1;
      }
      this.#isFirst = false;
      const start = this.#character();
      if (start === '[' || start === '(') return this.#range();
      if (!isEmptyAt(this.text, this.#at)) throw this.#malformed('Expected range start.');
      this.#at += 'empty'.length;
    }
  }

  /** The character behind spaces, which stays to be read. */
  #character(): string {
    this.#at = behindSpaces(this.text, this.#at);
    const character = this.text[this.#at];
    if (character === undefined) throw this.#malformed('Unexpected end of input.');
    return character;
  }

  #range(): string {
    const start = this.#at;
    let isQuoted = false;
    for (;;) {
      const character = this.#character();
      this.#at += 1;
      if (character === '\\') {
        this.#character();
        this.#at += 1;
      } else if (character === '"') {
        // Two quotes within quotes are one that is meant.
        if (isQuoted && this.text[this.#at] === '"') this.#at += 1;
        else isQuoted = !isQuoted;
      } else if (!isQuoted && (character === ']' || character === ')')) return this.text.slice(start, this.#at);
    }
  }

  #end(): undefined {
    if (behindSpaces(this.text, this.#at + 1) < this.text.length) {
      throw this.#malformed('Junk after closing right brace.');
    }
  }

  #malformed(detail: string): PgError {
    return malformed('multirange', this.text, detail);
  }
}

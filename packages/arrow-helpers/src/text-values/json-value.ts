import { PgError, sqlstate } from '@riffq/wire';
import { checkJson } from './json-syntax.js';

/** A value of JSON whose numbers keep all their digits: they are text, which the column's own type reads. */
export type JsonValue =
  | { readonly kind: 'null'; readonly source: string }
  | { readonly kind: 'scalar'; readonly source: string; readonly text: string }
  | { readonly kind: 'array'; readonly source: string; readonly items: readonly JsonValue[] }
  | {
      readonly kind: 'object';
      readonly source: string;
      readonly members: readonly { readonly name: string; readonly value: JsonValue }[];
    };

/** Of a string its first quote: the whole of a long one is more than the stack of a regular expression takes. */
const TOKEN = /[ \t\n\r]*(?:([{}[\],:])|(")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false)|(null)|$)/y;
/** Deeper than any struct, and no danger to the stack. */
const MOST_LEVELS = 1000;

/**
 * Reads JSON whose strings become text, as PostgreSQL's jsonb does.
 *
 * @throws PgError 22P02 for what is none, 22P05 for text that PostgreSQL does not have, 54001 for more than 1000 levels
 */
export function parseJson(text: string): JsonValue {
  checkJson(text, { unescapes: true });
  const parser = new JsonParser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

class JsonParser {
  readonly #text: string;
  #at = 0;
  /** The token at hand: where it begins, a sign, a string, a number or truth value; all empty at the end. */
  #start = 0;
  #sign = '';
  #string = '';
  #plain = '';
  #isNull = false;

  constructor(text: string) {
    this.#text = text;
    this.#next();
  }

  value(level: number): JsonValue {
    if (level > MOST_LEVELS) {
      throw new PgError({ sqlstate: sqlstate.statement_too_complex, message: 'stack depth limit exceeded' });
    }
    const start = this.#start;
    const source = () => this.#text.slice(start, this.#at);
    if (this.#sign === '{') {
      const members = this.#list('}', () => this.#member(level));
      const value = { kind: 'object', members, source: source() } as const;
      this.#next();
      return value;
    }
    if (this.#sign === '[') {
      const items = this.#list(']', () => this.value(level + 1));
      const value = { kind: 'array', items, source: source() } as const;
      this.#next();
      return value;
    }
    const value = this.#scalar(source());
    this.#next();
    return value;
  }

  end(): void {
    if (this.#start < this.#text.length) throw this.#invalid();
  }

  #scalar(source: string): JsonValue {
    if (this.#isNull) return { kind: 'null', source };
    if (this.#string !== '') return { kind: 'scalar', source, text: this.#unquoted() };
    if (this.#plain === '') throw this.#invalid();
    return { kind: 'scalar', source, text: this.#plain };
  }

  #member(level: number): { readonly name: string; readonly value: JsonValue } {
    if (this.#string === '') throw this.#invalid();
    const name = this.#unquoted();
    this.#next();
    if (this.#sign !== ':') throw this.#invalid();
    this.#next();
    return { name, value: this.value(level + 1) };
  }

  /** What stands between commas, up to the closing sign, which stays at hand. */
  #list<T>(closing: string, read: () => T): readonly T[] {
    const found: T[] = [];
    this.#next();
    while (this.#sign !== closing || found.length > 0) {
      found.push(read());
      if (this.#sign === closing) break;
      if (this.#sign !== ',') throw this.#invalid();
      this.#next();
    }
    return found;
  }

  #unquoted(): string {
    return String(JSON.parse(this.#string));
  }

  #next(): void {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match === null) throw this.#invalid();
    const [all, sign = '', quote = '', plain = '', nothing = ''] = match;
    this.#at += all.length;
    this.#start = this.#at - (sign || quote || plain || nothing).length;
    if (quote !== '') this.#at = this.#endOfString();
    this.#sign = sign;
    this.#string = quote && this.#text.slice(this.#start, this.#at);
    this.#plain = plain;
    this.#isNull = nothing !== '';
  }

  /** Behind the quote that has no odd number of backslashes before it. */
  #endOfString(): number {
    for (let quote = this.#text.indexOf('"', this.#at); quote >= 0; quote = this.#text.indexOf('"', quote + 1)) {
      let first = quote;
      while (this.#text[first - 1] === '\\') first -= 1;
      if ((quote - first) % 2 === 0) return quote + 1;
    }
    throw this.#invalid();
  }

  #invalid(): PgError {
    return new PgError({
      sqlstate: sqlstate.invalid_text_representation,
      message: 'invalid input syntax for type json',
    });
  }
}

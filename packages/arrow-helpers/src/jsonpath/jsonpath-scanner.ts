import { syntaxError } from './jsonpath-error.js';
import { readEscape } from './read-escape.js';

/**
 * A word of a path. Its type is a key word in lower case, an operator as it is written, `end`, `name`, `string literal`,
 * `variable`, `integer literal` or `numeric literal`.
 */
export interface JsonpathToken {
  readonly type: string;
  /** Without quotes and escapes. */
  readonly value: string;
  /** What PostgreSQL's scanner holds when it gives the word, which errors show. */
  readonly near: string;
}

/** The methods that take no parameters. */
export const plainMethods: ReadonlySet<string> = new Set([
  ...['abs', 'bigint', 'boolean', 'ceiling', 'date', 'double', 'floor', 'integer', 'keyvalue', 'number', 'size'],
  ...['string', 'type'],
]);
/** The methods that may take a precision. */
export const timeMethods: ReadonlySet<string> = new Set(['time', 'time_tz', 'timestamp', 'timestamp_tz']);

const lowerCaseWords: ReadonlySet<string> = new Set(['null', 'true', 'false']);
const words: ReadonlySet<string> = new Set([
  ...plainMethods,
  ...timeMethods,
  ...['datetime', 'decimal', 'exists', 'flag', 'is', 'last', 'lax', 'like_regex', 'starts', 'strict', 'to', 'unknown'],
  'with',
]);

const OTHER = String.raw`[^?%$.[\]{}()|&!=<>@#,*:\-+/\\" \t\n\r\f]`;
const DIGITS = String.raw`\d(?:_?\d)*`;
const INTEGER = String.raw`(?:0|[1-9](?:_?\d)*)`;
const DECIMAL = String.raw`(?:${INTEGER}\.(?:${DIGITS})?|\.${DIGITS})`;
const POWER = `(?:${DECIMAL}|${INTEGER})[Ee]`;
const REAL = `${POWER}[-+]?${DIGITS}`;

/** The first byte of a longer character, as clients show it. */
const INCOMPLETE = '\ufffd';
const BLANKS = /[ \t\n\r\f]+/y;
const REST_OF_WORD = new RegExp(`${OTHER}+`, 'y');
const REST_OF_STRING = /[^\\"]+/y;

type Rule = 'operator' | 'variable' | 'numeric literal' | 'integer literal' | 'invalid' | 'junk' | 'word';

/** The longest match counts, and of several as long the first. */
const rules: readonly (readonly [Rule, RegExp])[] = [
  ['operator', /&&|\|\||\*\*|<=|<>|==|!=|>=|\$"|\/\*|[?%$.[\]{}()|&!=<>@#,*:\-+/]/y],
  ['variable', new RegExp(String.raw`\$${OTHER}+`, 'y')],
  ['numeric literal', new RegExp(REAL, 'y')],
  ['numeric literal', new RegExp(DECIMAL, 'y')],
  ['integer literal', new RegExp(INTEGER, 'y')],
  ['integer literal', /0(?:[xX][\dA-Fa-f](?:_?[\dA-Fa-f])*|[oO][0-7](?:_?[0-7])*|[bB][01](?:_?[01])*)/y],
  ['invalid', new RegExp(`${POWER}[-+]`, 'y')],
  ['junk', new RegExp(`(?:${REAL}|${DECIMAL}|${INTEGER})(?![\\x80-\\uffff])${OTHER}`, 'y')],
  ['word', REST_OF_WORD],
  // PostgreSQL counts bytes: words are longer than a number with one more byte.
  ['junk', new RegExp(`(?:${REAL}|${DECIMAL})(?=[\\x80-\\uffff])${OTHER}`, 'y')],
];

/** Reads the words of a jsonpath one after another, as PostgreSQL's scanner does (jsonpath_scan.l). */
export class JsonpathScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): JsonpathToken {
    for (;;) {
      this.#take(BLANKS);
      if (this.#at >= this.#text.length) return { type: 'end', value: '', near: '' };
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at += 1;
        return this.#quoted('string literal');
      }
      const [rule, written] = character === '\\' ? (['word', ''] as const) : this.#longest();
      if (rule !== 'word') this.#at += written.length;
      const token = this.#token(rule, written);
      if (token !== undefined) return token;
    }
  }

  /** Undefined for what is no word: comments, and words that a comment follows at once. */
  #token(rule: Rule, written: string): JsonpathToken | undefined {
    switch (rule) {
      case 'operator':
        if (written === '$"') return this.#quoted('variable');
        if (written !== '/*') return { type: written === '<>' ? '!=' : written, value: written, near: written };
        this.#comment();
        return undefined;
      case 'variable':
        return { type: rule, value: written.slice(1), near: written };
      case 'numeric literal':
      case 'integer literal':
        return { type: rule, value: written, near: written };
      case 'invalid':
        throw syntaxError('invalid numeric literal', written);
      case 'junk':
        throw syntaxError('trailing junk after numeric literal', written.replace(/[^\0-\x7f]$/, INCOMPLETE));
      case 'word':
        return this.#word();
    }
  }

  #longest(): readonly [Rule, string] {
    let longest: readonly [Rule, string] = ['word', ''];
    for (const [rule, pattern] of rules) {
      pattern.lastIndex = this.#at;
      const written = pattern.exec(this.#text)?.[0] ?? '';
      if (written.length > longest[1].length) longest = [rule, written];
    }
    return longest;
  }

  #word(): JsonpathToken | undefined {
    const value = this.#unescaped(REST_OF_WORD);
    // PostgreSQL forgets the word here.
    if (this.#text.startsWith('/*', this.#at)) return undefined;
    const near = this.#take(BLANKS);
    const word = value.toLowerCase();
    const isKeyWord = lowerCaseWords.has(value) || words.has(word);
    return { type: isKeyWord ? word : 'name', value, near };
  }

  #quoted(type: 'string literal' | 'variable'): JsonpathToken {
    const value = this.#unescaped(REST_OF_STRING);
    if (this.#at >= this.#text.length) throw syntaxError('unterminated quoted string', '');
    this.#at += 1;
    return { type, value, near: '"' };
  }

  /** Takes what the pattern takes, and escapes. */
  #unescaped(pattern: RegExp): string {
    let value = '';
    for (;;) {
      value += this.#take(pattern);
      if (this.#text[this.#at] !== '\\') return value;
      const { text, end } = readEscape(this.#text, this.#at);
      value += text;
      this.#at = end;
    }
  }

  #comment(): void {
    const end = this.#text.indexOf('*/', this.#at);
    if (end < 0) throw syntaxError('unexpected end of comment', '');
    this.#at = end + 2;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += taken.length;
    return taken;
  }
}

import { PgError, sqlstate } from '@riffq/wire';
import { isSpace } from '../array-input/scan-text.js';

/** End a word of a query that is not quoted. */
const OPERATORS = '!&|()<';
const WEIGHTS = ['Dd', 'Cc', 'Bb', 'Aa*'];
/** More digits make no other number. */
const LARGEST_NUMBER = 2 ** 31 - 1;

/** Reads the words of a tsvector or a tsquery one after another, as PostgreSQL's gettoken_tsvector. */
export class LexemeScanner {
  readonly #text: string;
  readonly #type: 'tsvector' | 'tsquery';
  #at = 0;

  constructor(text: string, type: 'tsvector' | 'tsquery') {
    this.#text = text;
    this.#type = type;
  }

  /** 42601 */
  error(): PgError {
    return new PgError({
      sqlstate: sqlstate.syntax_error,
      message: `syntax error in ${this.#type}: "${this.#text}"`,
    });
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  skipSpaces(): void {
    while (this.#isSpace()) this.#at += 1;
  }

  /** Takes the text if it is next. */
  takes(expected: string): boolean {
    const found = this.#text.startsWith(expected, this.#at);
    if (found) this.#at += expected.length;
    return found;
  }

  /** Takes what the pattern, which is sticky, finds next. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  /** The next word, with or without quotes; undefined at the end. */
  word(): string | undefined {
    this.skipSpaces();
    if (this.isAtEnd) return undefined;
    return this.takes("'") ? this.#quoted() : this.#plain();
  }

  #quoted(): string {
    let word = '';
    for (;;) {
      const character = this.#next();
      if (character === "'") {
        if (!this.takes("'")) break;
        word += "'";
      } else word += character === '\\' ? this.#escaped() : character;
    }
    if (word === '') throw this.error();
    return word;
  }

  #plain(): string {
    const first = this.#text[this.#at] ?? '';
    // A vector's word may begin with any character.
    if (this.#type === 'tsquery' && (first === ':' || OPERATORS.includes(first))) throw this.error();
    let word = '';
    do {
      const character = this.#next();
      word += character === '\\' ? this.#escaped() : character;
    } while (!this.#isEndOfWord());
    return word;
  }

  /** Digits as a number. */
  number(): number {
    const [digits] = this.match(/\d+/y) ?? [];
    if (digits === undefined) throw this.error();
    return Math.min(Number(digits), LARGEST_NUMBER);
  }

  /** The letter of a weight, 0 to 3, with digits around it that nobody minds; none is 0. */
  weight(): number {
    let weight = 0;
    for (;;) {
      const letter = this.#text[this.#at] ?? '';
      const found = letter === '' ? -1 : WEIGHTS.findIndex((letters) => letters.includes(letter));
      if (found < 0 && !/^\d$/.test(letter)) return weight;
      if (found >= 0 && weight > 0) throw this.error();
      weight = Math.max(weight, found);
      this.#at += 1;
    }
  }

  /** What stands behind a word's positions is the next word. */
  endOfWord(): void {
    if (!this.isAtEnd && !this.#isSpace()) throw this.error();
  }

  #escaped(): string {
    if (!this.isAtEnd) return this.#next();
    const message = `there is no escaped character: "${this.#text}"`;
    throw new PgError({ sqlstate: sqlstate.syntax_error, message });
  }

  #next(): string {
    const character = this.#text[this.#at];
    if (character === undefined) throw this.error();
    this.#at += 1;
    return character;
  }

  #isSpace(): boolean {
    return this.#at < this.#text.length && isSpace(this.#text.charCodeAt(this.#at));
  }

  #isEndOfWord(): boolean {
    if (this.isAtEnd || this.#isSpace()) return true;
    const character = this.#text[this.#at] ?? '';
    return character === ':' || (this.#type === 'tsquery' && OPERATORS.includes(character));
  }
}

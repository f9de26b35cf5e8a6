/** What the lexer has just read. Quoted things are read whole, comments and white space are skipped. */
export type TokenKind = 'word' | 'quotedIdentifier' | 'string' | 'number' | 'parameter' | 'symbol' | 'end';

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isLineEnd = (code: number): boolean => code === 10 || code === 13;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWordStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
const isWordPart = (code: number): boolean => isWordStart(code) || isDigit(code) || code === 36;

/** Keywords have no other letters. */
const isAscii = /^[\x21-\x7e]*$/;

const quote = 39;
const doubleQuote = 34;
const backslash = 92;
const dollar = 36;
const slash = 47;
const star = 42;
const dash = 45;

/** Digits with single underscores between them, and the ways of writing an integer that begin with 0. */
const digits = /\d+(?:_\d+)*/y;
const exponent = /e[+-]?\d+(?:_\d+)*/iy;
const basedInteger = /0(?:x(?:_?[\da-f])+|o(?:_?[0-7])+|b(?:_?[01])+)/iy;

/**
 * PostgreSQL's lexical rules (manual, section 4.1) as far as they decide where a statement ends and what its words are:
 * quotes, E'' strings, dollar quotes, nested comments, parameters. It never fails: what is not closed runs to the end.
 * One object with mutable fields, because it reads every statement of every client.
 */
export class Lexer {
  kind: TokenKind = 'end';
  start = 0;
  end = 0;
  readonly #sql: string;
  readonly #escapes: boolean;

  /** @param escapes - whether a backslash escapes in any string, as it does without `standard_conforming_strings` */
  constructor(sql: string, escapes = false) {
    this.#sql = sql;
    this.#escapes = escapes;
  }

  /** The token's characters as they stand in the text. */
  get text(): string {
    return this.#sql.slice(this.start, this.end);
  }

  /** The first character's code; tells symbols apart without making a string. */
  get code(): number {
    return this.#sql.charCodeAt(this.start);
  }

  /** A word folded to upper case, as keywords are compared; one with other letters than theirs is as it stands. */
  get keyword(): string {
    if (this.kind !== 'word') return '';
    const { text } = this;
    // Else `\u017Fet` would be SET.
    return isAscii.test(text) ? text.toUpperCase() : text;
  }

  /** Reads the next token; false at the end of the text. */
  next(): boolean {
    const sql = this.#sql;
    const start = this.#skipBlank(this.end);
    this.start = start;
    if (start >= sql.length) {
      this.kind = 'end';
      this.end = sql.length;
      return false;
    }
    const code = sql.charCodeAt(start);
    const following = sql.charCodeAt(start + 1);
    if (isWordStart(code)) {
      // E'..' has backslash escapes; B and X strings have none; U& is a word, a symbol, and a string.
      if (following === quote && 'eEbBxXnN'.includes(sql.charAt(start))) {
        return this.#token('string', this.#endOfString(start + 1, this.#hasEscapes(code)));
      }
      return this.#token('word', this.#endOfWord(start));
    }
    if (isDigit(code)) return this.#token('number', this.#endOfNumber(start));
    if (code === quote) return this.#token('string', this.#endOfString(start, this.#escapes));
    if (code === doubleQuote) return this.#token('quotedIdentifier', this.#endOfQuoted(start, doubleQuote));
    if (code === dollar) {
      if (isDigit(following)) return this.#token('parameter', this.#endOfDigits(start + 1));
      const endOfTag = this.#endOfDollarTag(start);
      if (endOfTag > 0) return this.#token('string', this.#endOfDollarString(start, endOfTag));
    }
    // Else a comment that is not closed would look like none: whoever runs the statement is to see it.
    if (code === slash && following === star) return this.#token('symbol', sql.length);
    return this.#token('symbol', start + 1);
  }

  #token(kind: TokenKind, end: number): true {
    this.kind = kind;
    this.end = end;
    return true;
  }

  /** Of a string that begins with a letter. */
  #hasEscapes(letter: number): boolean {
    const isE = letter === 69 || letter === 101;
    const isN = letter === 78 || letter === 110;
    return isE || (isN && this.#escapes);
  }

  #skipBlank(from: number): number {
    let at = this.#skipSpace(from);
    while (this.#sql.charCodeAt(at) === slash && this.#sql.charCodeAt(at + 1) === star) {
      const end = this.#endOfComment(at);
      if (end === undefined) return at;
      at = this.#skipSpace(end);
    }
    return at;
  }

  /** Space and comments up to the end of a line, which may be what stands between the parts of a string. */
  #skipSpace(from: number): number {
    const sql = this.#sql;
    let at = from;
    for (;;) {
      const code = sql.charCodeAt(at);
      if (isSpace(code)) at += 1;
      else if (code === dash && sql.charCodeAt(at + 1) === dash) {
        while (at < sql.length && !isLineEnd(sql.charCodeAt(at))) at += 1;
      } else return at;
    }
  }

  #endOfComment(from: number): number | undefined {
    const sql = this.#sql;
    let depth = 0;
    for (let at = from; at < sql.length; at += 1) {
      const code = sql.charCodeAt(at);
      if (code === slash && sql.charCodeAt(at + 1) === star) {
        depth += 1;
        at += 1;
      } else if (code === star && sql.charCodeAt(at + 1) === slash) {
        depth -= 1;
        at += 1;
        if (depth === 0) return at + 1;
      }
    }
    return undefined;
  }

  #endOfWord(from: number): number {
    let at = from + 1;
    while (isWordPart(this.#sql.charCodeAt(at))) at += 1;
    return at;
  }

  #endOfNumber(from: number): number {
    const sql = this.#sql;
    basedInteger.lastIndex = from;
    if (sql.charCodeAt(from) === 48 && basedInteger.test(sql)) return basedInteger.lastIndex;
    let at = this.#endOfDigits(from);
    while (sql.charCodeAt(at) === 46 && isDigit(sql.charCodeAt(at + 1))) at = this.#endOfDigits(at + 1);
    exponent.lastIndex = at;
    return exponent.test(sql) ? exponent.lastIndex : at;
  }

  #endOfDigits(from: number): number {
    digits.lastIndex = from;
    digits.test(this.#sql);
    return digits.lastIndex;
  }

  /** A string goes on behind its closing quote if another one begins on a line further down. */
  #endOfString(from: number, escapes: boolean): number {
    const sql = this.#sql;
    let at = from;
    for (;;) {
      const end = escapes ? this.#endOfEscaped(at) : this.#endOfQuoted(at, quote);
      at = this.#skipSpace(end);
      if (sql.charCodeAt(at) !== quote || !/[\n\r]/.test(sql.slice(end, at))) return end;
    }
  }

  #endOfEscaped(from: number): number {
    const sql = this.#sql;
    for (let at = from + 1; at < sql.length; at += 1) {
      const code = sql.charCodeAt(at);
      if (code === backslash) at += 1;
      else if (code === quote) {
        if (sql.charCodeAt(at + 1) !== quote) return at + 1;
        at += 1;
      }
    }
    return sql.length;
  }

  #endOfQuoted(from: number, mark: number): number {
    const sql = this.#sql;
    const character = String.fromCharCode(mark);
    let at = from + 1;
    for (;;) {
      const close = sql.indexOf(character, at);
      if (close < 0) return sql.length;
      if (sql.charCodeAt(close + 1) !== mark) return close + 1;
      at = close + 2;
    }
  }

  #endOfDollarTag(from: number): number {
    const sql = this.#sql;
    let at = from + 1;
    if (isWordStart(sql.charCodeAt(at))) {
      while (isWordStart(sql.charCodeAt(at)) || isDigit(sql.charCodeAt(at))) at += 1;
    }
    return sql.charCodeAt(at) === dollar ? at + 1 : -1;
  }

  #endOfDollarString(from: number, endOfTag: number): number {
    const tag = this.#sql.slice(from, endOfTag);
    const close = this.#sql.indexOf(tag, endOfTag);
    return close < 0 ? this.#sql.length : close + tag.length;
  }
}

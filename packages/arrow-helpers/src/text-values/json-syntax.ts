/** Where a text stops being JSON, in the words of PostgreSQL's own parser (jsonapi.c). */
import { PgError, sqlstate } from '@riffq/wire';

/** What of JSON a type does not keep as it is written. */
export interface JsonChecks {
  /** Strings are unescaped, as those of jsonb are, and not those of json. */
  readonly unescapes: boolean;
  /** Is given every number, but of a text in which nothing can be wrong with others. */
  readonly number?: (text: string) => void;
}

/**
 * Holds that the text is one JSON value.
 *
 * @throws PgError 22P02, with PostgreSQL's DETAIL and CONTEXT, or 22P05 for a character that text cannot have
 */
export function checkJson(text: string, checks: JsonChecks): void {
  // Only what strings of jsonb are unescaped to can be wrong in what JavaScript parses.
  if (isParsed(text) && !(checks.unescapes && text.includes('\\u'))) return;
  new JsonSyntax(text, checks).check();
}

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

type Token = 'string' | 'number' | 'word' | 'end' | '{' | '}' | '[' | ']' | ',' | ':';

/** What may come next. */
type Expected =
  | 'value'
  | 'first member'
  | 'member'
  | 'colon'
  | 'next member'
  | 'first element'
  | 'next element'
  | 'end';

const expectations: Readonly<Record<Expected, string>> = {
  value: 'JSON value',
  'first element': 'JSON value',
  'first member': 'string or "}"',
  member: 'string',
  colon: '":"',
  'next member': '"," or "}"',
  'next element': '"," or "]"',
  end: 'end of input',
};

const WORD = /[\w\x80-\xff]*/y;
const NUMBER = /-?(?:0|[1-9]\d*|(?!\d))(?:\.\d*)?(?:[eE][+-]?\d*)?/y;
const VALID_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** How many bytes before the fault are shown. */
const SHOWN_BYTES = 50;

/** One text while it is looked at. Its characters are bytes, as PostgreSQL counts them. */
class JsonSyntax {
  readonly #input: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #start = 0;
  readonly #open: ('{' | '[')[] = [];

  constructor(
    text: string,
    private readonly checks: JsonChecks,
  ) {
    this.#input = Buffer.from(text).toString('latin1');
  }

  check(): void {
    for (let expected: Expected | 'nothing' = 'value'; expected !== 'nothing'; ) {
      const token = this.#next();
      expected = this.#follow(expected, token) ?? this.#refuse(expected, token);
    }
  }

  /** What comes behind the token; undefined if it is not what was expected. */
  #follow(expected: Expected, token: Token): Expected | 'nothing' | undefined {
    switch (expected) {
      case 'first element':
        return token === ']' ? this.#close() : this.#follow('value', token);
      case 'value':
        if (token === '{' || token === '[') {
          this.#open.push(token);
          return token === '{' ? 'first member' : 'first element';
        }
        return token === 'string' || token === 'number' || token === 'word' ? this.#behindValue() : undefined;
      case 'first member':
        return token === '}' ? this.#close() : this.#follow('member', token);
      case 'member':
        return token === 'string' ? 'colon' : undefined;
      case 'colon':
        return token === ':' ? 'value' : undefined;
      case 'next member':
        return token === ',' ? 'member' : token === '}' ? this.#close() : undefined;
      case 'next element':
        return token === ',' ? 'value' : token === ']' ? this.#close() : undefined;
      case 'end':
        return token === 'end' ? 'nothing' : undefined;
    }
  }

  #close(): Expected {
    this.#open.pop();
    return this.#behindValue();
  }

  #behindValue(): Expected {
    const container = this.#open.at(-1);
    return container === undefined ? 'end' : container === '{' ? 'next member' : 'next element';
  }

  #refuse(expected: Expected, token: Token): never {
    if (token === 'end') throw this.#fault('The input string ended unexpectedly.', this.#at, '');
    throw this.#fault(`Expected ${expectations[expected]}, but found "${this.#shown(this.#start, this.#at)}".`);
  }

  #next(): Token {
    for (; ' \t\n\r'.includes(this.#input[this.#at] ?? 'x'); this.#at++) {
      if (this.#input[this.#at] !== '\n') continue;
      this.#line++;
      this.#lineStart = this.#at + 1;
    }
    this.#start = this.#at;
    const character = this.#input[this.#at];
    switch (character) {
      case undefined:
        return 'end';
      case '{':
      case '}':
      case '[':
      case ']':
      case ',':
      case ':':
        this.#at++;
        return character;
      case '"':
        return this.#string();
      default:
        return /[-\d]/.test(character) ? this.#number() : this.#word();
    }
  }

  #word(): Token {
    const word = this.#match(WORD);
    if (word === '') this.#at++;
    if (word !== 'true' && word !== 'false' && word !== 'null') throw this.#invalidToken();
    return 'word';
  }

  #number(): Token {
    const number = this.#match(NUMBER);
    if (this.#match(WORD) !== '' || !VALID_NUMBER.test(number)) throw this.#invalidToken();
    this.checks.number?.(number);
    return 'number';
  }

  #string(): Token {
    let isHalf = false;
    for (this.#at++; ; this.#at++) {
      const character = this.#input[this.#at];
      if (character === undefined) throw this.#invalidToken();
      if (isHalf && character !== '\\')
        throw this.#loneSurrogate(character === '"' ? this.#at + 1 : this.#endOfCharacter());
      if (character === '"') break;
      if (character < ' ') {
        const code = character.charCodeAt(0).toString(16).padStart(2, '0');
        throw this.#fault(`Character with value 0x${code} must be escaped.`);
      }
      if (character === '\\') isHalf = this.#escape(isHalf);
    }
    this.#at++;
    return 'string';
  }

  /** An escape sequence, up to its last character; true behind the first half of a surrogate pair. */
  #escape(isHalf: boolean): boolean {
    this.#at++;
    const kind = this.#input[this.#at];
    if (kind === undefined) throw this.#invalidToken();
    if (kind === 'u') return this.#codePoint(isHalf);
    if (isHalf) throw this.#loneSurrogate(this.#endOfCharacter());
    if ('"\\/bfnrt'.includes(kind)) return false;
    const end = this.#endOfCharacter();
    throw this.#fault(`Escape sequence "\\${this.#shown(this.#at, end)}" is invalid.`, end);
  }

  #codePoint(isHalf: boolean): boolean {
    const first = this.#at + 1;
    while (this.#at < first + 3) {
      this.#at++;
      const digit = this.#input[this.#at];
      if (digit === undefined) throw this.#invalidToken();
      if (!/[\da-f]/i.test(digit)) {
        throw this.#fault('"\\u" must be followed by four hexadecimal digits.', this.#endOfCharacter());
      }
    }
    if (!this.checks.unescapes) return false;
    const code = Number.parseInt(this.#input.slice(first, first + 4), 16);
    const end = this.#at + 1;
    if (code >= 0xd800 && code < 0xdc00) {
      if (isHalf) throw this.#fault('Unicode high surrogate must not follow a high surrogate.', end);
      return true;
    }
    if (isHalf !== (code >= 0xdc00 && code < 0xe000)) throw this.#loneSurrogate(end);
    if (code !== 0) return false;
    const detail = '\\u0000 cannot be converted to text.';
    const fields = { message: 'unsupported Unicode escape sequence', sqlstate: sqlstate.untranslatable_character };
    throw new PgError({ ...this.#fault(detail, end).fields, ...fields });
  }

  #loneSurrogate(end: number): PgError {
    return this.#fault('Unicode low surrogate must follow a high surrogate.', end);
  }

  #invalidToken(): PgError {
    return this.#fault(`Token "${this.#shown(this.#start, this.#at)}" is invalid.`);
  }

  /** Behind the bytes of the character that begins here. */
  #endOfCharacter(): number {
    let end = this.#at + 1;
    while (/[\x80-\xbf]/.test(this.#input[end] ?? '')) end++;
    return Math.min(end, this.#input.length);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#input)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #shown(start: number, end: number): string {
    return Buffer.from(this.#input.slice(start, end), 'latin1').toString();
  }

  /** @param end - of what is shown of the line */
  #fault(detail: string, end = this.#at, more = '...'): PgError {
    let start = this.#lineStart;
    while (end - start >= SHOWN_BYTES) {
      start++;
      while (/[\x80-\xbf]/.test(this.#input[start] ?? '')) start++;
    }
    if (start - this.#lineStart <= 3) start = this.#lineStart;
    const before = start > this.#lineStart ? '...' : '';
    const after = /[^\r\n]/.test(this.#input[end] ?? '\n') ? more : '';
    return new PgError({
      sqlstate: sqlstate.invalid_text_representation,
      message: 'invalid input syntax for type json',
      detail,
      where: `JSON data, line ${this.#line}: ${before}${this.#shown(start, end)}${after}`,
    });
  }
}

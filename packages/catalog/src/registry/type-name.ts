import { typeNameSyntax } from '../errors/registration-errors.js';

/** A type's name taken apart, as it is written: nothing is looked up yet. */
export interface WrittenType {
  /** Its words, folded to lower case; one identifier when it is quoted. */
  readonly name: string;
  readonly schema: string | undefined;
  /** Quoted names are no keywords: `"char"` is another type than `char`. */
  readonly quoted: boolean;
  /** What is in parentheses. */
  readonly modifiers: readonly number[];
  readonly array: boolean;
  /** Pairs of brackets; 1 for the word ARRAY alone. */
  readonly dimensions: number;
}

const token = /\s*(?:([a-z_\u0080-\uffff][\w$\u0080-\uffff]*)|"((?:[^"]|"")+)"|(-?\d+)|([(),.[\]]))\s*/iy;

interface Token {
  readonly kind: 'word' | 'quoted' | 'number' | 'symbol';
  readonly text: string;
}

/**
 * Takes a type's name apart: `numeric(10,2)`, `timestamp(3) with time zone`, `shop."Mood"[]`, `int array[4]`.
 * @throws PgError 42601 for what is no type's name.
 */
export function parseTypeName(text: string): WrittenType {
  const tokens = new TokenReader(text);
  let schema: string | undefined;
  let identifier = tokens.identifier();
  let words = identifier === undefined ? tokens.words() : [];
  if (tokens.takeSymbol('.')) {
    schema = identifier ?? words.pop();
    if (schema === undefined || words.length > 0) throw typeNameSyntax(text);
    identifier = tokens.identifier();
    words = identifier === undefined ? tokens.words() : [];
  }
  const modifiers = tokens.modifiers();
  words.push(...tokens.words());
  const arrayWord = words.at(-1) === 'array' && (identifier !== undefined || words.length > 1);
  if (arrayWord) words.pop();
  const dimensions = Math.max(tokens.bounds(), arrayWord ? 1 : 0);
  const name = identifier ?? words.join(' ');
  const tooManyWords =
    words.length > (identifier !== undefined ? 0 : schema !== undefined ? 1 : Number.POSITIVE_INFINITY);
  if (name === '' || tooManyWords || !tokens.atEnd) throw typeNameSyntax(text);
  return { name, schema, quoted: identifier !== undefined, modifiers, array: dimensions > 0, dimensions };
}

class TokenReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  get atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  /** A quoted identifier, if one is next. */
  identifier(): string | undefined {
    return this.#take('quoted')?.text;
  }

  /** All words that are next, in lower case. */
  words(): string[] {
    const words: string[] = [];
    for (let word = this.#take('word'); word !== undefined; word = this.#take('word'))
      words.push(word.text.toLowerCase());
    return words;
  }

  /** Numbers in parentheses, if they are next. */
  modifiers(): readonly number[] {
    const modifiers: number[] = [];
    if (!this.takeSymbol('(')) return modifiers;
    do modifiers.push(Number(this.#expect(this.#take('number')).text));
    while (this.takeSymbol(','));
    this.#expectSymbol(')');
    return modifiers;
  }

  /** How many brackets there are; like PostgreSQL's, their numbers mean nothing. */
  bounds(): number {
    let pairs = 0;
    while (this.takeSymbol('[')) {
      this.#take('number');
      this.#expectSymbol(']');
      pairs += 1;
    }
    return pairs;
  }

  takeSymbol(symbol: string): boolean {
    if (this.#tokens[this.#at]?.text !== symbol) return false;
    return this.#take('symbol') !== undefined;
  }

  #take(kind: Token['kind']): Token | undefined {
    const next = this.#tokens[this.#at];
    if (next?.kind !== kind) return undefined;
    this.#at += 1;
    return next;
  }

  #expect(found: Token | undefined): Token {
    if (found === undefined) throw typeNameSyntax(this.#text);
    return found;
  }

  #expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw typeNameSyntax(this.#text);
  }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) throw typeNameSyntax(text);
    const [, word, quoted, number, symbol] = match;
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.replaceAll('""', '"') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else tokens.push({ kind: 'symbol', text: symbol ?? '' });
  }
  return tokens;
}

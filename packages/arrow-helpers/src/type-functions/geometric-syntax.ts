/** How points and what is made of them are written: https://www.postgresql.org/docs/18/datatype-geometric.html */
import { isSpace } from '../array-input/scan-text.js';
import { invalidInput } from './input-error.js';
import { readFloat8 } from './read-float.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Reads one text from its beginning to its end; the methods are those of PostgreSQL's geo_ops.c. */
export class GeometricScanner {
  readonly #text: string;
  readonly #type: string;
  #at = 0;

  /** @param type - the name that errors have */
  constructor(text: string, type: string) {
    this.#text = text;
    this.#type = type;
    this.skipSpaces();
  }

  /** 22P02 */
  error(): Error {
    return invalidInput(this.#type, this.#text);
  }

  end(): void {
    if (this.#at !== this.#text.length) throw this.error();
  }

  takes(character: string): boolean {
    const found = this.#text[this.#at] === character;
    if (found) this.#at += 1;
    return found;
  }

  require(character: string): void {
    if (!this.takes(character)) throw this.error();
  }

  skipSpaces(): void {
    while (this.#at < this.#text.length && isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
  }

  number(): number {
    const found = readFloat8(this.#text, this.#at);
    if (found === undefined) throw this.error();
    this.#at = found.end;
    this.skipSpaces();
    return found.value;
  }

  /** `x,y` with or without parentheses. */
  point(): Point {
    this.skipSpaces();
    const isEnclosed = this.takes('(');
    const x = this.number();
    this.require(',');
    const y = this.number();
    if (isEnclosed) this.close(')');
    return { x, y };
  }

  /** Takes one of the characters and the spaces behind it. */
  close(characters: string): void {
    if (![...characters].some((character) => this.takes(character))) throw this.error();
    this.skipSpaces();
  }

  /** Takes the first of two parentheses. */
  takesOuterParenthesis(): boolean {
    const inner = /^\(\s*\(/.exec(this.#text.slice(this.#at));
    if (inner === null) return false;
    this.#at += 1;
    this.skipSpaces();
    return true;
  }

  /** Takes a parenthesis behind which there is no other. */
  takesLoneParenthesis(): boolean {
    const isLone = this.#text[this.#at] === '(' && this.#text.lastIndexOf('(') === this.#at;
    if (!isLone) return false;
    this.#at += 1;
    this.skipSpaces();
    return true;
  }

  /** Several points with commas between them, in parentheses, or, of a type that has open ones, in brackets, or in nothing. */
  points(count: number, hasOpen: boolean): { readonly points: readonly Point[]; readonly isOpen: boolean } {
    this.skipSpaces();
    const isOpen = this.takes('[');
    if (isOpen && !hasOpen) throw this.error();
    const isEnclosed = !isOpen && (this.takesOuterParenthesis() || this.takesLoneParenthesis());
    const points: Point[] = [];
    while (points.length < count) {
      points.push(this.point());
      this.takes(',');
    }
    // PostgreSQL does not mind.
    if (isOpen) this.close('])');
    else if (isEnclosed) this.close(')');
    return { points, isOpen };
  }

  /** How many points there are, by the commas between their numbers. */
  countPoints(): number {
    const commas = this.#text.split(',').length - 1;
    if (commas % 2 === 0) throw this.error();
    return (commas + 1) / 2;
  }
}

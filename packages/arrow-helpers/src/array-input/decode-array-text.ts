import { readArrayBounds } from './array-bounds.js';
import { arrayLimitExceeded, malformedArray, maximumDimensions } from './array-error.js';
import { readArrayToken, unexpectedCharacter } from './array-token.js';
import { isBlank } from './scan-text.js';

/** An element, a NULL, or an array of the next dimension. */
export type ArrayElement<T> = T | null | ArrayElements<T>;

/** What an array is made of; an interface, as a type may not contain itself. */
export interface ArrayElements<T> extends ReadonlyArray<ArrayElement<T>> {}

/**
 * Reads an array literal: `{1,NULL,"a b"}`, `{{1,2},{3,4}}`, `[0:1]={1,2}`. Lower bounds are checked and forgotten, as
 * JavaScript's arrays have none; an array without elements is `[]` however many braces it has, as in PostgreSQL.
 * https://www.postgresql.org/docs/18/arrays.html#ARRAYS-IO
 */
export function decodeArrayText<T>(
  literal: string,
  delimiter: string,
  decodeElement: (text: string) => T,
): ArrayElements<T> {
  const bounds = readArrayBounds(literal);
  const contents = new ArrayContents(literal, bounds.lengths, decodeElement);
  let at = bounds.end;
  do {
    const token = readArrayToken(literal, at, delimiter);
    at = token.end;
    if (token.kind === 'element') contents.add(token.text);
    else if (token.kind === 'delimiter') contents.separate(delimiter);
    else if (token.kind === 'open') contents.open();
    else contents.close();
  } while (contents.isOpen);
  if (!isBlank(literal, at)) throw malformedArray(literal, 'Junk after closing right brace.');
  return contents.root;
}

/** The arrays that are open at one point of a literal, held to equal lengths and depths. */
class ArrayContents<T> {
  readonly #literal: string;
  readonly #decodeElement: (text: string) => T;
  readonly #isBounded: boolean;
  /** The length that each dimension has: announced, or that of the first array which was closed. */
  readonly #lengths: (number | undefined)[];
  readonly #open: ArrayElement<T>[][] = [];
  #root: ArrayElements<T> = [];
  #depth: number;
  #isDepthFixed: boolean;
  #hasElements = false;
  #expectsDelimiter = false;

  constructor(literal: string, lengths: readonly number[], decodeElement: (text: string) => T) {
    this.#literal = literal;
    this.#decodeElement = decodeElement;
    this.#lengths = [...lengths];
    this.#depth = lengths.length;
    this.#isBounded = lengths.length > 0;
    this.#isDepthFixed = this.#isBounded;
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  get root(): ArrayElements<T> {
    return this.#hasElements ? this.#root : [];
  }

  open(): void {
    if (this.#expectsDelimiter) throw unexpectedCharacter(this.#literal, '{');
    if (this.#open.length === maximumDimensions) {
      throw arrayLimitExceeded(`number of array dimensions exceeds the maximum allowed (${maximumDimensions})`);
    }
    this.#open.push([]);
    if (this.#open.length > this.#depth) {
      if (this.#isDepthFixed) throw this.#mismatch();
      this.#depth = this.#open.length;
    }
  }

  close(): void {
    const level = this.#open.length - 1;
    const values = this.#open.pop()!;
    if (values.length > 0 && !this.#expectsDelimiter) throw unexpectedCharacter(this.#literal, '}');
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = values;
    else parent.push(values);
    const length = this.#lengths[level] ?? values.length;
    if (values.length !== length) throw this.#mismatch();
    this.#lengths[level] = length;
    this.#expectsDelimiter = true;
  }

  separate(delimiter: string): void {
    if (!this.#expectsDelimiter) throw unexpectedCharacter(this.#literal, delimiter);
    this.#expectsDelimiter = false;
  }

  add(text: string | null): void {
    if (this.#expectsDelimiter) throw malformedArray(this.#literal, 'Unexpected array element.');
    const value = text === null ? null : this.#decodeElement(text);
    if (this.#open.length !== this.#depth) throw this.#mismatch();
    this.#isDepthFixed = true;
    this.#hasElements = true;
    this.#open.at(-1)!.push(value);
    this.#expectsDelimiter = true;
  }

  #mismatch(): Error {
    return malformedArray(
      this.#literal,
      this.#isBounded
        ? 'Specified array dimensions do not match array contents.'
        : 'Multidimensional arrays must have sub-arrays with matching dimensions.',
    );
  }
}

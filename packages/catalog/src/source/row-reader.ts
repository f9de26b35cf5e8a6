import { invalidField, missingField, rowIsNoObject } from '../errors/source-errors.js';
import { snakeCase } from './snake-case.js';

const largestOid = 0xffff_ffff;
/** typmods are signed 32 bits. */
const [smallestInteger, largestInteger] = [-0x8000_0000, 0x7fff_ffff];

const isOid = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= largestOid;
const isInteger = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= smallestInteger && value <= largestInteger;
/** Neither too large for a float4 nor too small. */
const isFloat4 = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(Math.fround(value)) && (value === 0) === (Math.fround(value) === 0);
const isWhole = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
const isInt8 = (value: unknown): value is number | bigint =>
  isWhole(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0');
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isNames = (value: unknown): value is readonly string[] => isTexts(value) && value.length > 0;

/** A field that holds rows. */
export interface RowField {
  readonly name: string;
  /** In the words of an error: "must be ...". */
  readonly expected: string;
}

/** Reads the fields of a row that a program gave, in either spelling; null counts as left out. */
export class RowReader {
  readonly #row: object;
  readonly #method: string;

  /**
   * @param method - whose row it is
   * @param within - the field of the row that it is in, and what may be there
   * @throws PgError when the row is no object
   */
  constructor(row: unknown, method: string, within?: RowField) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw within === undefined ? rowIsNoObject(method, row) : invalidField(method, within, within.expected, row);
    }
    this.#row = row;
    this.#method = method;
  }

  /** A field of any kind, undefined when it is left out. */
  value(name: string): unknown {
    const value: unknown = Reflect.get(this.#row, name) ?? Reflect.get(this.#row, snakeCase(name));
    return value ?? undefined;
  }

  oid(name: string): number {
    return this.optionalOid(name) ?? this.#missing(name);
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#missing(name);
  }

  flag(name: string): boolean {
    return this.optionalFlag(name) ?? this.#missing(name);
  }

  /** A list of names that may not be left out, nor be empty. */
  names(name: string): readonly string[] {
    return this.optionalNames(name) ?? this.#missing(name);
  }

  /** A list of texts that may not be left out, but may be empty. */
  texts(name: string): readonly string[] {
    return this.#optional(name, isTexts, 'a list of texts without NUL') ?? this.#missing(name);
  }

  optionalOid(name: string): number | undefined {
    return this.#optional(name, isOid, 'an unsigned 32-bit integer');
  }

  optionalInteger(name: string): number | undefined {
    return this.#optional(name, isInteger, 'a 32-bit integer');
  }

  optionalFloat4(name: string): number | undefined {
    return this.#optional(name, isFloat4, 'a number that float4 has');
  }

  /** Of the object that `of` says. */
  optionalBigInteger(name: string, of: string): bigint | undefined {
    const value = this.#optional(name, isInt8, 'a 64-bit integer', of);
    return value === undefined ? undefined : BigInt(value);
  }

  optionalText(name: string): string | undefined {
    return this.#optional(name, isText, 'a text without NUL');
  }

  optionalFlag(name: string): boolean | undefined {
    return this.#optional(name, isFlag, 'a boolean');
  }

  optionalNames(name: string): readonly string[] | undefined {
    return this.#optional(name, isNames, 'a list of names');
  }

  /** One of a few words; the error lists them. */
  optionalWord<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.value(name);
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined || value === undefined) return word;
    throw invalidField(this.#method, { name: this.#spelling(name) }, `one of ${words.join(', ')}`, value);
  }

  /** A list of rows, each read by the function; empty when it is left out. */
  list<Item>(name: string, read: (row: unknown) => Item): readonly Item[] {
    return (this.#optional(name, isList, 'a list') ?? []).map((row) => read(row));
  }

  #optional<T>(name: string, fits: (value: unknown) => value is T, expected: string, of?: string): T | undefined {
    const value = this.value(name);
    if (value === undefined || fits(value)) return value;
    throw invalidField(this.#method, { name: this.#spelling(name), of }, expected, value);
  }

  #missing(name: string): never {
    const [spelling, isKnown] = [this.#spelling(name), this.#isSnakeCase !== undefined];
    throw missingField(this.#method, spelling, isKnown ? spelling : snakeCase(name));
  }

  #spelling(name: string): string {
    return this.#isSnakeCase === true ? snakeCase(name) : name;
  }

  /** Whether the program uses Python's spelling; undefined when no key of its row shows that. */
  get #isSnakeCase(): boolean | undefined {
    const keys = Object.keys(this.#row);
    if (keys.some((key) => /[a-z]_[a-z]/.test(key))) return true;
    return keys.some((key) => /[a-z][A-Z]/.test(key)) ? false : undefined;
  }
}

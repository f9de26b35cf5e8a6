import { endOfGroupedDigits, leadingZeros, withoutUnderscores } from '../array-input/scan-text.js';

/** The digits of an integer in one of the four bases that PostgreSQL's input functions know. */
export interface IntegerLiteral {
  readonly base: 2 | 8 | 10 | 16;
  /** Without underscores and leading zeros; empty for zero. */
  readonly digits: string;
  /** Where they end; equal to where they should start when there are none. */
  readonly end: number;
  readonly isEmpty: boolean;
}

const prefixes: Readonly<Record<string, 2 | 8 | 16>> = { '0b': 2, '0o': 8, '0x': 16 };

/**
 * Reads `1_000`, `0x1F`, `0o17` or `0b11` at `from`, after any sign. A prefix may have an underscore behind it, as in
 * `0x_1F`. https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS-NUMERIC
 */
export function readIntegerLiteral(text: string, from: number): IntegerLiteral {
  const prefix = prefixes[text.slice(from, from + 2).toLowerCase()];
  const base = prefix ?? 10;
  const afterPrefix = prefix === undefined ? from : from + 2;
  const start = prefix !== undefined && text[afterPrefix] === '_' ? afterPrefix + 1 : afterPrefix;
  const end = endOfGroupedDigits(text, start, base);
  const digits = withoutUnderscores(text.slice(start, end));
  return { base, digits: digits.slice(leadingZeros(digits)), end, isEmpty: end === start };
}

/** The number that significant digits of a base stand for. */
export function integerValue(base: IntegerLiteral['base'], digits: string): bigint {
  if (digits === '') return 0n;
  if (base === 10) return BigInt(digits);
  return BigInt((base === 16 ? '0x' : base === 8 ? '0o' : '0b') + digits);
}

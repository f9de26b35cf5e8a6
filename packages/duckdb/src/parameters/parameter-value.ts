import {
  BIGINT,
  BLOB,
  BOOLEAN,
  blobValue,
  DECIMAL,
  DOUBLE,
  type DuckDBType,
  type DuckDBValue,
  FLOAT,
  INTEGER,
  LIST,
  listValue,
  SMALLINT,
  UINTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import type { ParameterValue } from '@riffq/server';
import { elementTypeOid, typeOid } from '@riffq/wire';
import { type ArrayText, arrayDepth, parseArrayLiteral } from './array-literal.js';
import { parseBytea } from './bytea-text.js';
import { decimalValue } from './decimal-value.js';
import { invalidParameter, parameterOutOfRange } from './parameter-error.js';
import { duckdbTypeName } from './parameter-type.js';

/** A value as DuckDB is given it. With `cast`, DuckDB has to make a value of that type out of it first. */
export interface DuckDBParameter {
  readonly value: DuckDBValue;
  readonly type: DuckDBType;
  readonly cast?: string;
}

const integers: ReadonlyMap<number, readonly [type: DuckDBType, min: bigint, max: bigint]> = new Map([
  [typeOid.int2, [SMALLINT, -(2n ** 15n), 2n ** 15n - 1n]],
  [typeOid.int4, [INTEGER, -(2n ** 31n), 2n ** 31n - 1n]],
  [typeOid.int8, [BIGINT, -(2n ** 63n), 2n ** 63n - 1n]],
  [typeOid.oid, [UINTEGER, 0n, 2n ** 32n - 1n]],
]);

/**
 * A parameter as a DuckDB value.
 *
 * @param oid - what the client declared, else what DuckDB found out; never 0
 * @throws PgError 22P02, 22007 or 22003 naming the parameter, when its text is no value of its type
 */
export function parameterValue(arg: Exclude<ParameterValue, null>, oid: number, number: number): DuckDBParameter {
  if (typeof arg === 'string') return textValue(arg, oid, number);
  if (typeof arg === 'boolean') return { value: arg, type: BOOLEAN };
  if (typeof arg === 'bigint') return { value: arg, type: BIGINT };
  if (typeof arg === 'number') return { value: arg, type: numberType(arg, oid) };
  if (arg instanceof Uint8Array) return { value: blobValue(arg), type: BLOB };
  return arrayValue(arg.map(elementText), oid);
}

function numberType(arg: number, oid: number): DuckDBType {
  if (oid === typeOid.float4) return FLOAT;
  return Number.isInteger(arg) ? (integers.get(oid)?.[0] ?? DOUBLE) : DOUBLE;
}

function textValue(text: string, oid: number, number: number): DuckDBParameter {
  const integer = integers.get(oid);
  if (integer !== undefined) return integerValue(text, oid, number, integer);
  switch (oid) {
    case typeOid.bool:
      return booleanValue(text, number);
    case typeOid.float4:
    case typeOid.float8:
      return { value: floatValue(text, oid, number), type: oid === typeOid.float4 ? FLOAT : DOUBLE };
    case typeOid.numeric:
      return numericValue(text, number);
    case typeOid.bytea: {
      const bytes = parseBytea(text);
      if (bytes === undefined) throw invalidParameter(number, oid, text);
      return { value: blobValue(bytes), type: BLOB };
    }
  }
  if (elementTypeOid(oid) !== undefined && text.trimStart().startsWith('{')) {
    const array = parseArrayLiteral(text);
    if (array === undefined) throw invalidParameter(number, oid, text);
    return arrayValue(array, oid);
  }
  const cast = duckdbTypeName(oid) ?? 'VARCHAR';
  if (cast === 'VARCHAR' || cast === 'JSON') return { value: text, type: VARCHAR };
  // DuckDB writes the era in parentheses, and reads no plus sign in an interval.
  const value = cast === 'INTERVAL' ? text.replaceAll('+', '') : text.replace(/ BC$/, ' (BC)');
  return { value, type: VARCHAR, cast };
}

function integerValue(
  text: string,
  oid: number,
  number: number,
  [type, min, max]: readonly [DuckDBType, bigint, bigint],
): DuckDBParameter {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw invalidParameter(number, oid, text);
  const value = BigInt(text.trim().replace(/^\+/, ''));
  if (value < min || value > max) throw parameterOutOfRange(number, oid, text);
  return { value: oid === typeOid.int8 ? value : Number(value), type };
}

/** The spellings that boolin takes, and their beginnings where those are clear. */
function booleanValue(text: string, number: number): DuckDBParameter {
  const word = text.trim().toLowerCase();
  if (/^(t|tr|tru|true|y|ye|yes|on|1)$/.test(word)) return { value: true, type: BOOLEAN };
  if (/^(f|fa|fal|fals|false|n|no|of|off|0)$/.test(word)) return { value: false, type: BOOLEAN };
  throw invalidParameter(number, typeOid.bool, text);
}

const notFinite: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['inf', Number.POSITIVE_INFINITY],
  ['+infinity', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

function floatValue(text: string, oid: number, number: number): number {
  const special = notFinite.get(text.trim().toLowerCase());
  if (special !== undefined) return special;
  if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text)) throw invalidParameter(number, oid, text);
  const value = Number(text);
  if (!Number.isFinite(oid === typeOid.float4 ? Math.fround(value) : value)) {
    throw parameterOutOfRange(number, oid, text);
  }
  return value;
}

function numericValue(text: string, number: number): DuckDBParameter {
  const special = notFinite.get(text.trim().toLowerCase());
  // DECIMAL has no NaN and no infinity; a double compares with it as numeric's would.
  if (special !== undefined) return { value: special, type: DOUBLE };
  const value = decimalValue(text);
  if (value === undefined) throw invalidParameter(number, typeOid.numeric, text);
  if (value === 'outOfRange') throw parameterOutOfRange(number, typeOid.numeric, text);
  return { value, type: DECIMAL(value.width, value.scale) };
}

function elementText(element: ParameterValue): ArrayText[number] {
  if (element === null) return null;
  if (element instanceof Uint8Array) return Array.from(element, (byte) => `\\x${hex(byte)}`).join('');
  return typeof element === 'object' ? element.map(elementText) : String(element);
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0').toUpperCase();
}

/** An array goes in as text, in as many dimensions as it has, and DuckDB makes its elements. */
function arrayValue(array: ArrayText, oid: number): DuckDBParameter {
  const elementOid = elementTypeOid(oid);
  const element = (elementOid === undefined ? undefined : duckdbTypeName(elementOid)) ?? 'VARCHAR';
  const dimensions = arrayDepth(array);
  let type: DuckDBType = VARCHAR;
  for (let dimension = 0; dimension < dimensions; dimension += 1) type = LIST(type);
  return { value: toList(array), type, cast: `${element}${'[]'.repeat(dimensions)}` };
}

function toList(array: ArrayText): DuckDBValue {
  return listValue(array.map((item) => (typeof item === 'object' && item !== null ? toList(item) : item)));
}

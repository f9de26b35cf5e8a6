import { PgError, sqlstate } from '@riffq/wire';
import { maximumDimensions } from '../array-input/array-error.js';
import { CellFault } from './cell-fault.js';
import { describeCell, isBytes, isDate, isTypedArray } from './cells.js';
import { invalidInput } from './invalid-input.js';
import { jsonOfValue } from './json-of-value.js';
import type { ObjectRow } from './object-row.js';

/** A column as its values say it is. */
export interface InferredColumn {
  readonly name: string;
  /** A type that `toArrow` knows. */
  readonly type: string;
}

/**
 * The columns of plain objects: their keys, in the order of their first appearance, and the types of their values.
 *
 * Whole numbers and bigints are `int`; with a fraction, -0, NaN, an infinity or a number beyond 2^53 among them all are `float`. Dates are
 * `datetime`, bytes `bytea`, other typed arrays arrays of `int` or `float`, arrays arrays of what is in them, and a column of nothing but null is `str`.
 *
 * @throws PgError 42804 for values that do not go together or have no type of their own, 22023 without any key
 */
export function inferColumns(rows: readonly ObjectRow[]): readonly InferredColumn[] {
  const columns = new Map<string, Inferred | undefined>();
  for (const [at, row] of rows.entries()) {
    for (const name of Object.keys(row)) {
      const place = { row: at + 1, column: name, path: '' };
      columns.set(name, joined(columns.get(name), inferValue(row[name], place), place));
    }
  }
  if (columns.size === 0) throw invalidInput('there are no columns', 'Give a schema, or objects with keys.');
  return [...columns].map(([name, inferred]) => ({ name, type: typeName(inferred) }));
}

interface Inferred {
  readonly scalar: 'int' | 'float' | 'bool' | 'str' | 'datetime' | 'bytea' | undefined;
  /** Arrays around the scalar. */
  readonly dimensions: number;
}

interface Place {
  readonly row: number;
  readonly column: string;
  /** Within the column's value, as JavaScript writes it: `[2]`. */
  readonly path: string;
}

function inferValue(value: unknown, place: Place, depth = 0): Inferred | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    if (depth === maximumDimensions) throw tooManyDimensions(place);
    let element: Inferred | undefined;
    for (const [at, item] of value.entries()) {
      const within = { ...place, path: `${place.path}[${at}]` };
      element = joined(element, inferValue(item, within, depth + 1), within);
    }
    return { scalar: element?.scalar, dimensions: 1 + (element?.dimensions ?? 0) };
  }
  const scalar = scalarOf(value);
  if (scalar !== undefined) return { scalar, dimensions: 0 };
  if (isTypedArray(value)) {
    if (depth === maximumDimensions) throw tooManyDimensions(place);
    return { scalar: /^\[object Float/.test(Object.prototype.toString.call(value)) ? 'float' : 'int', dimensions: 1 };
  }
  throw new PgError({
    sqlstate: sqlstate.datatype_mismatch,
    message: `row ${place.row}, column "${place.column}": ${describeCell(value)}${atPath(place)} has no column type of its own`,
    detail: 'Numbers, bigints, strings, booleans, Dates, Uint8Arrays, other typed arrays and arrays of these have one.',
    hint: `${hintAbout(value, place)} Or give the value as a string.`,
  });
}

function hintAbout(value: unknown, place: Place): string {
  try {
    jsonOfValue(value);
    return schemaHint(place, 'jsonb');
  } catch (error) {
    if (error instanceof CellFault) return error.hint;
    throw error;
  }
}

function tooManyDimensions(place: Place): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `row ${place.row}, column "${place.column}": an array has more than ${maximumDimensions} dimensions`,
    hint: schemaHint(place, 'json'),
  });
}

function scalarOf(value: unknown): Inferred['scalar'] {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'int' : 'float';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (isBytes(value)) return 'bytea';
  return isDate(value) ? 'datetime' : undefined;
}

function atPath({ path }: Place): string {
  return path === '' ? '' : ` at ${path}`;
}

/** Of two values of a column, or, where `place` has a path, of one array. */
function joined(before: Inferred | undefined, found: Inferred | undefined, place: Place): Inferred | undefined {
  if (before === undefined || found === undefined) return before ?? found;
  const emptyArray = before.scalar === undefined || found.scalar === undefined;
  const scalar = emptyArray ? (before.scalar ?? found.scalar) : joinedScalar(before.scalar, found.scalar);
  const isDeep = before.dimensions > 0 && found.dimensions > 0;
  if (before.dimensions === found.dimensions || (emptyArray && isDeep)) {
    const dimensions = Math.max(before.dimensions, found.dimensions);
    if (emptyArray || scalar !== undefined) return { scalar, dimensions };
  }
  throw new PgError({
    sqlstate: sqlstate.datatype_mismatch,
    message:
      place.path !== ''
        ? `row ${place.row}, column "${place.column}": an array has ${describeKind(found)}${atPath(place)} behind ${describeKind(before)}`
        : `column "${place.column}" is of type ${typeName(before)} by the rows before but row ${place.row} has ${describeKind(found)}`,
    hint: `Give values of one kind, or say the type. ${schemaHint(place, before.dimensions > 0 ? 'jsonb' : 'text')}`,
  });
}

/** How a caller says the type of a column. */
function schemaHint({ column }: Place, type: string): string {
  return `With a schema it is yours to choose: toArrow([{ name: ${JSON.stringify(column)}, type: '${type}' }, ...], rows).`;
}

const kinds = {
  int: ['a whole number', 'whole numbers'],
  float: ['a number', 'numbers'],
  bool: ['a boolean', 'booleans'],
  str: ['a string', 'strings'],
  datetime: ['a Date', 'Dates'],
  bytea: ['bytes', 'bytes'],
} as const;

function describeKind({ scalar, dimensions }: Inferred): string {
  if (scalar === undefined) return 'an array';
  const [one, many] = kinds[scalar];
  if (dimensions === 0) return one;
  return dimensions === 1 ? `an array of ${many}` : `an array of ${many} in ${dimensions} dimensions`;
}

function joinedScalar(before: Inferred['scalar'], found: Inferred['scalar']): Inferred['scalar'] {
  if (before === found) return before;
  const isNumber = (scalar: Inferred['scalar']): boolean => scalar === 'int' || scalar === 'float';
  return isNumber(before) && isNumber(found) ? 'float' : undefined;
}

function typeName(inferred: Inferred | undefined): string {
  return `${inferred?.scalar ?? 'str'}${'[]'.repeat(inferred?.dimensions ?? 0)}`;
}

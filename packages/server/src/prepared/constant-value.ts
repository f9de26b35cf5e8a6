import { decodeText, type TextSettings, typeName } from '@riffq/arrow-helpers';
import { elementTypeOid, isPgError, PgError, sqlstate, typeOid } from '@riffq/wire';
import type { ParameterValue } from '../query-context.js';
import type { Constant } from './constant.js';

/** A value as handlers get it, and as text. */
export interface AssignedValue {
  readonly text: string | null;
  readonly value: ParameterValue;
}

type Category = 'number' | 'string' | 'date' | 'other';

const categories = new Map<number, Category>([
  ...[typeOid.int2, typeOid.int4, typeOid.int8, typeOid.float4, typeOid.float8, typeOid.numeric, typeOid.oid].map(
    (oid) => [oid, 'number'] as const,
  ),
  ...[typeOid.text, typeOid.varchar, typeOid.bpchar, typeOid.name].map((oid) => [oid, 'string'] as const),
  ...[typeOid.date, typeOid.timestamp, typeOid.timestamptz].map((oid) => [oid, 'date'] as const),
]);
const integers: ReadonlySet<number> = new Set([typeOid.int2, typeOid.int4, typeOid.int8]);
/** Types of objects' OIDs, which are written as names, by what they are called. */
const objectTypes: ReadonlyMap<number, string> = new Map(
  Object.entries(typeOid).flatMap(([name, oid]) => (/^reg[a-z]/.test(name) ? [[oid, name] as const] : [])),
);

/** The type by whose names a constant names an object, where its OID is wanted; undefined for every other constant. */
export function namesObject({ text, typeOid: type, casts }: Constant, target: number): string | undefined {
  const isWanted = target === typeOid.oid || integers.has(target);
  return text === null || !isWanted ? undefined : objectTypes.get(casts.at(-1) ?? type);
}

/**
 * A constant as the value of a parameter, assigned to its type as PostgreSQL does; `parameter` is its number, from 1.
 *
 * @throws PgError 42804 for a type that cannot be assigned, 22P02 or 22003 for a value that the type does not have
 */
export function constantValue(
  constant: Constant,
  target: number,
  parameter: number,
  settings: TextSettings,
): AssignedValue {
  const { position } = constant;
  let { text, typeOid: type } = constant;
  for (const cast of constant.casts) {
    if (text !== null) text = convert(text, type, cast, position, settings).text;
    type = cast;
  }
  if (!isAssignable(type, target)) {
    throw new PgError({
      sqlstate: sqlstate.datatype_mismatch,
      message: `parameter $${parameter} of type ${typeName(type)} cannot be coerced to the expected type ${typeName(target)}`,
      hint: 'You will need to rewrite or cast the expression.',
      position,
    });
  }
  return text === null ? { text: null, value: null } : convert(text, type, target, position, settings);
}

/** Strings go into any type, any type into strings, and numbers and dates into their like. */
function isAssignable(type: number, target: number): boolean {
  if (type === target || type === typeOid.unknown || target === 0) return true;
  const [element, targetElement] = [elementTypeOid(type), elementTypeOid(target)];
  if (element !== undefined && targetElement !== undefined) return isAssignable(element, targetElement);
  const category = categories.get(target);
  if (objectTypes.has(target)) return type === typeOid.oid || integers.has(type) || type === typeOid.text;
  if (category === 'string' && element === undefined) return true;
  return category !== undefined && category === categories.get(type);
}

function convert(
  given: string,
  type: number,
  target: number,
  position: number,
  settings: TextSettings,
): AssignedValue & { text: string } {
  const text = integers.has(target) && categories.get(type) === 'number' ? rounded(given) : given;
  try {
    return { text, value: decodeText(target, text, settings) };
  } catch (error) {
    if (!isPgError(error)) throw error;
    // PostgreSQL has found out while it computed, and says no more.
    throw error.sqlstate === sqlstate.numeric_value_out_of_range && type !== typeOid.unknown
      ? new PgError({ ...error.fields, message: `${typeName(target)} out of range` })
      : new PgError({ ...error.fields, position });
  }
}

/** A number as an integer, halves away from zero. */
function rounded(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^([-+]?)(\d*)\.(\d*)$/.exec(text) ?? [];
  if (whole + fraction !== '') return `${sign}${BigInt(whole || 0) + (fraction >= '5' ? 1n : 0n)}`;
  const number = Number(text);
  return /e/i.test(text) && Number.isFinite(number)
    ? BigInt(Math.sign(number) * Math.round(Math.abs(number))).toString()
    : text;
}

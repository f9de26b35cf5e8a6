import { arrayTypeOid, typeOid } from '@riffq/wire';
import type { ArrayDimensions } from '../database-content.js';
import { invalidModifier, modifierNotAllowed, noArrayType, pseudoType } from '../errors/registration-errors.js';
import { intervalModifier } from './interval-fields.js';
import { parseTypeName, type WrittenType } from './type-name.js';

/** A built-in type with its modifier as pg_attribute has it, or the name of a type that is none. */
export type ResolvedType = ArrayDimensions &
  (
    | { readonly kind: 'oid'; readonly typeOid: number; readonly typeModifier: number }
    | { readonly kind: 'named'; readonly schema: string | undefined; readonly name: string; readonly array: boolean }
  );

const builtIn: ReadonlyMap<string, number> = new Map(Object.entries(typeOid));

/** Names made of SQL's keywords, and the names that `toArrow` has for its types; `int` is of 64 bits there. */
const keywords: ReadonlyMap<string, number> = new Map([
  ['int', typeOid.int8],
  ['str', typeOid.varchar],
  ['string', typeOid.varchar],
  ['datetime', typeOid.timestamp],
  ['integer', typeOid.int4],
  ['smallint', typeOid.int2],
  ['bigint', typeOid.int8],
  ['real', typeOid.float4],
  ['double precision', typeOid.float8],
  ['boolean', typeOid.bool],
  ['decimal', typeOid.numeric],
  ['dec', typeOid.numeric],
  ['bit varying', typeOid.varbit],
  ['time without time zone', typeOid.time],
  ['time with time zone', typeOid.timetz],
  ['timestamp without time zone', typeOid.timestamp],
  ['timestamp with time zone', typeOid.timestamptz],
  ...['character', 'char', 'nchar', 'national character', 'national char'].flatMap((name): [string, number][] => [
    [name, typeOid.bpchar],
    [`${name} varying`, typeOid.varchar],
  ]),
]);

/** Types whose keyword without a length means one. */
const oneByDefault: ReadonlySet<string> = new Set([
  'bit',
  'character',
  'char',
  'nchar',
  'national character',
  'national char',
]);

const pseudoTypes =
  /^(?:any|_?record$|cstring$|void$|trigger$|event_trigger$|internal$|unknown$|pg_ddl_command$)|_handler$/;

/**
 * The type that a name means, with its modifier as PostgreSQL computes it.
 * @throws PgError with PostgreSQL's words for what is wrong with the name or its modifier.
 */
export function resolveType(text: string): ResolvedType {
  const written = parseTypeName(text);
  const type = resolveElement(written);
  const { dimensions } = written;
  const more = dimensions > 1 ? { dimensions } : {};
  if (type.kind === 'named') return { ...type, array: written.array, ...more };
  if (!written.array) return type;
  const arrayOid = arrayTypeOid(type.typeOid);
  if (arrayOid === undefined) throw noArrayType(text);
  return { ...type, typeOid: arrayOid, ...more };
}

function resolveElement({ schema, name, quoted, modifiers }: WrittenType): ResolvedType {
  const isKeyword = schema === undefined && !quoted;
  if (isKeyword && (name === 'interval' || name.startsWith('interval '))) return interval(name, modifiers);
  if (isKeyword && name === 'float') return float(modifiers);
  const oid = (isKeyword ? keywords.get(name) : undefined) ?? builtIn.get(name);
  if (oid === undefined || (schema !== undefined && schema !== 'pg_catalog')) {
    if (modifiers.length > 0) throw modifierNotAllowed(name);
    return { kind: 'named', schema, name, array: false };
  }
  if (pseudoTypes.test(name)) throw pseudoType(name);
  const given = modifiers.length === 0 && isKeyword && oneByDefault.has(name) ? [1] : modifiers;
  return { kind: 'oid', typeOid: oid, typeModifier: given.length === 0 ? -1 : modifierOf(oid, name, given) };
}

function modifierOf(oid: number, name: string, modifiers: readonly number[]): number {
  const [first = 0, ...more] = modifiers;
  if (oid === typeOid.numeric) return numericModifier(modifiers);
  if (more.length > 0) throw invalidModifier('invalid type modifier');
  switch (oid) {
    case typeOid.varchar:
      return lengthOf('varchar', first, 10_485_760) + 4;
    case typeOid.bpchar:
      return lengthOf('char', first, 10_485_760) + 4;
    case typeOid.bit:
      return lengthOf('bit', first, 83_886_080);
    case typeOid.varbit:
      return lengthOf('varbit', first, 83_886_080);
    case typeOid.time:
    case typeOid.timetz:
    case typeOid.timestamp:
    case typeOid.timestamptz:
      return fractionOf(first);
    default:
      throw modifierNotAllowed(name);
  }
}

function numericModifier([precision = 0, scale = 0, ...more]: readonly number[]): number {
  if (more.length > 0) throw invalidModifier('invalid NUMERIC type modifier');
  if (precision < 1 || precision > 1000) {
    throw invalidModifier(`NUMERIC precision ${precision} must be between 1 and 1000`);
  }
  if (scale < -1000 || scale > 1000) throw invalidModifier(`NUMERIC scale ${scale} must be between -1000 and 1000`);
  return ((precision << 16) | (scale & 0x7ff)) + 4;
}

function lengthOf(type: string, length: number, longest: number): number {
  if (length < 1) throw invalidModifier(`length for type ${type} must be at least 1`);
  if (length > longest) throw invalidModifier(`length for type ${type} cannot exceed ${longest}`);
  return length;
}

/** Digits of a second; PostgreSQL takes more for six. */
function fractionOf(digits: number): number {
  if (digits < 0) throw invalidModifier(`precision ${digits} of a time must not be negative`);
  return Math.min(digits, 6);
}

function float(modifiers: readonly number[]): ResolvedType {
  const [bits = 53, ...more] = modifiers;
  if (more.length > 0) throw invalidModifier('invalid type modifier');
  if (bits < 1) throw invalidModifier('precision for type float must be at least 1 bit');
  if (bits > 53) throw invalidModifier('precision for type float must be less than 54 bits');
  return { kind: 'oid', typeOid: bits < 25 ? typeOid.float4 : typeOid.float8, typeModifier: -1 };
}

function interval(name: string, modifiers: readonly number[]): ResolvedType {
  const [digits, ...more] = modifiers;
  const precision = digits === undefined ? undefined : fractionOf(digits);
  const typeModifier = intervalModifier(name.slice('interval '.length), precision);
  if (typeModifier === undefined || more.length > 0) throw invalidModifier('invalid INTERVAL type modifier');
  return { kind: 'oid', typeOid: typeOid.interval, typeModifier };
}

import { arrayTypeOid, typeOid } from '@riffq/wire';
import { isIntervalModifier, packIntervalModifier } from './type-modifier/interval-modifier.js';
import { HEADER_BYTES, numericModifier, packNumericModifier } from './type-modifier/numeric-modifier.js';

/** A type of PostgreSQL with its modifier, -1 for none. */
export interface PostgresType {
  readonly typeOid: number;
  readonly typeModifier: number;
}

/** SQL's names of types that are called otherwise in pg_type. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['boolean', 'bool'],
  ['smallint', 'int2'],
  ['integer', 'int4'],
  ['bigint', 'int8'],
  ['real', 'float4'],
  ['double precision', 'float8'],
  ['decimal', 'numeric'],
  ['dec', 'numeric'],
  ...['character varying', 'char varying', 'national character varying', 'national char varying', 'nchar varying'].map(
    (name) => [name, 'varchar'] as const,
  ),
  ...['character', 'char', 'national character', 'national char', 'nchar'].map((name) => [name, 'bpchar'] as const),
  ['bit varying', 'varbit'],
  ['time without time zone', 'time'],
  ['time with time zone', 'timetz'],
  ['timestamp without time zone', 'timestamp'],
  ['timestamp with time zone', 'timestamptz'],
]);

/** The schema of all types that are built in. */
const CATALOG = 'pg_catalog.';

const INFORMATION_SCHEMA = 'information_schema.';

/** What the domains of that schema are made of. PostgreSQL describes a column of a domain by that type. */
const domains: ReadonlyMap<string, string> = new Map([
  ['cardinal_number', 'int4'],
  ['character_data', 'varchar'],
  ['sql_identifier', 'name'],
  ['time_stamp', 'timestamptz'],
  ['yes_or_no', 'varchar'],
]);

const oids: ReadonlyMap<string, number> = new Map(Object.entries(typeOid));

/** Digits of a binary float up to which `float(n)` is real, and up to which it is double precision. */
const REAL_DIGITS = 24;
const DOUBLE_DIGITS = 53;

/** A type by the name that pg_type has for it. */
export interface NamedPostgresType extends PostgresType {
  readonly name: string;
}

/**
 * The type that SQL's words stand for, with the numbers in parentheses behind them; undefined for what is no type that
 * PostgreSQL is built with, or has a modifier that its type does not take.
 *
 * @param words - in lower case, with single spaces: `timestamp with time zone`, `interval day to second`, `pg_catalog.int4`
 */
export function resolvePostgresType(words: string, modifiers: readonly number[]): NamedPostgresType | undefined {
  if (!modifiers.every(Number.isInteger)) return undefined;
  if (words === 'float') return floatType(modifiers);
  const fields = /^interval ([a-z ]+)$/.exec(words)?.[1];
  const name = fields === undefined ? catalogName(words) : 'interval';
  const oid = oids.get(name);
  if (oid === undefined) return undefined;
  const typeModifier = modifierOf(oid, modifiersOf(words, modifiers), fields);
  return typeModifier === undefined ? undefined : { name, typeOid: oid, typeModifier };
}

/** What types have without a number behind them; quoted, or with their schema, bit and char have none. */
const impliedModifiers: ReadonlyMap<string, number> = new Map([
  ...['bit', 'char', 'character', 'national char', 'national character', 'nchar'].map((words) => [words, 1] as const),
  ['information_schema.time_stamp', 2],
  ['information_schema.yes_or_no', 3],
]);

/** The numbers that a type has by its name, if none are written. */
export function modifiersOf(words: string, written: readonly number[]): readonly number[] {
  const implied = impliedModifiers.get(words);
  return written.length > 0 || implied === undefined ? written : [implied];
}

/** How pg_type calls the type: by SQL's words, or by that name, which may be quoted and stand behind its schema. */
function catalogName(words: string): string {
  const bare = words.startsWith(CATALOG) ? words.slice(CATALOG.length) : undefined;
  const quoted = /^"(.+)"$/.exec(bare ?? words)?.[1];
  const domain = words.startsWith(INFORMATION_SCHEMA) ? domains.get(words.slice(INFORMATION_SCHEMA.length)) : undefined;
  return quoted ?? bare ?? domain ?? aliases.get(words) ?? words;
}

function floatType([digits = DOUBLE_DIGITS, ...rest]: readonly number[]): NamedPostgresType | undefined {
  if (digits < 1 || digits > DOUBLE_DIGITS || rest.length > 0) return undefined;
  const name = digits <= REAL_DIGITS ? 'float4' : 'float8';
  return { name, typeOid: typeOid[name], typeModifier: -1 };
}

/** A name, what is in parentheses after it (or after its first word), brackets. */
const WRITTEN =
  /^((?:pg_catalog\.)?"?[a-z_][a-z0-9_ ]*?"?)\s*(?:\(\s*(-?\d+)\s*(?:,\s*(-?\d+)\s*)?\))?((?: [a-z ]+)?)\s*((?:\[\d*\]\s*)*)$/;

/**
 * Reads a type as SQL writes it: `numeric(10,2)`, `varchar(20)`, `timestamp(3) with time zone`, `uuid[]`. Undefined for what
 * is no type that PostgreSQL is built with, or has a modifier that its type does not take.
 */
export function parsePostgresType(text: string): PostgresType | undefined {
  const match = WRITTEN.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const [, name = '', first, second, rest = '', brackets = ''] = match;
  const words = `${name}${rest}`.replace(/ +/g, ' ').trim();
  // The digits of an interval stand behind its fields.
  if (first !== undefined && rest.trim() !== '' && words.startsWith('interval')) return undefined;
  const modifiers = [first, second].filter((modifier) => modifier !== undefined).map(Number);
  // To toArrow this one is riffq's own `int`, of 64 bits; here it is SQL's.
  const type = resolvePostgresType(words === 'int' ? 'integer' : words, modifiers);
  if (type === undefined) return undefined;
  const shownOid = brackets === '' ? type.typeOid : arrayTypeOid(type.typeOid);
  return shownOid === undefined ? undefined : { typeOid: shownOid, typeModifier: type.typeModifier };
}

/** Characters and bits that PostgreSQL allows in a declared length. */
const MOST_CHARACTERS = 10_485_760;
const MOST_BITS = 83_886_080;
const MOST_DIGITS = 1000;

function modifierOf(oid: number, modifiers: readonly number[], fields: string | undefined): number | undefined {
  const [first, second] = modifiers;
  if (oid === typeOid.interval && modifiers.length <= 1) return packIntervalModifier(fields ?? '', first);
  if (first === undefined) return -1;
  if (oid === typeOid.numeric && modifiers.length <= 2) {
    const scale = second ?? 0;
    const valid = first >= 1 && first <= MOST_DIGITS && Math.abs(scale) <= MOST_DIGITS;
    return valid ? packNumericModifier({ precision: first, scale }) : undefined;
  }
  if (second !== undefined || first < 0) return undefined;
  switch (oid) {
    case typeOid.varchar:
    case typeOid.bpchar:
      return first >= 1 && first <= MOST_CHARACTERS ? first + HEADER_BYTES : undefined;
    case typeOid.bit:
    case typeOid.varbit:
      return first >= 1 && first <= MOST_BITS ? first : undefined;
    case typeOid.time:
    case typeOid.timetz:
    case typeOid.timestamp:
    case typeOid.timestamptz:
      return first <= 6 ? first : undefined;
    default:
      return undefined;
  }
}

/** Whether a type, which is no array, can have the packed modifier. */
export function isModifierOf(oid: number, typeModifier: number): boolean {
  return oid === typeOid.interval
    ? isIntervalModifier(typeModifier)
    : modifierOf(oid, unpacked(oid, typeModifier), undefined) === typeModifier;
}

/** What stands in the parentheses. */
function unpacked(oid: number, typeModifier: number): readonly number[] {
  if (oid === typeOid.varchar || oid === typeOid.bpchar) return [typeModifier - HEADER_BYTES];
  if (oid !== typeOid.numeric) return [typeModifier];
  const modifier = numericModifier(typeModifier);
  return modifier === undefined ? [] : [modifier.precision, modifier.scale];
}

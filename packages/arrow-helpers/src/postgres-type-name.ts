import { arrayTypeOid, typeOid } from '@riffq/wire';

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
  ['character varying', 'varchar'],
  ['character', 'bpchar'],
  ['char', 'bpchar'],
  ['"char"', 'char'],
  ['bit varying', 'varbit'],
  ['time without time zone', 'time'],
  ['time with time zone', 'timetz'],
  ['timestamp without time zone', 'timestamp'],
  ['timestamp with time zone', 'timestamptz'],
]);

const oids: ReadonlyMap<string, number> = new Map(Object.entries(typeOid));

/** The name that pg_type has for a type which SQL may call otherwise. */
export function catalogTypeName(name: string): string {
  return aliases.get(name) ?? name;
}

/** A name, what is in parentheses after it (or after its first word), brackets. */
const WRITTEN =
  /^("?[a-z_][a-z0-9_ ]*?"?)\s*(?:\(\s*(-?\d+)\s*(?:,\s*(-?\d+)\s*)?\))?((?: [a-z ]+)?)\s*((?:\[\d*\]\s*)*)$/;

/** Bytes of the header that the modifier of strings and of numeric counts (VARHDRSZ). */
const HEADER_BYTES = 4;

/**
 * Reads a type as SQL writes it: `numeric(10,2)`, `varchar(20)`, `timestamp(3) with time zone`, `uuid[]`. Undefined for what
 * is no type that PostgreSQL is built with, or has a modifier that its type does not take.
 */
export function parsePostgresType(text: string): PostgresType | undefined {
  const match = WRITTEN.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const [, name = '', first, second, rest = '', brackets = ''] = match;
  const fullName = `${name}${rest}`.replace(/ +/g, ' ').trim();
  // To toArrow this one is riffq's own `int`, of 64 bits; here it is SQL's.
  const oid = oids.get(catalogTypeName(fullName === 'int' ? 'integer' : fullName));
  if (oid === undefined) return undefined;
  const typeModifier = modifierOf(oid, first, second);
  if (typeModifier === undefined) return undefined;
  const shownOid = brackets === '' ? oid : arrayTypeOid(oid);
  return shownOid === undefined ? undefined : { typeOid: shownOid, typeModifier };
}

function modifierOf(oid: number, first: string | undefined, second: string | undefined): number | undefined {
  if (first === undefined) return -1;
  const number = Number(first);
  if (oid === typeOid.numeric) {
    const scale = Number(second ?? 0);
    const valid = number >= 1 && number <= 1000 && Math.abs(scale) <= 1000;
    return valid ? ((number << 16) | (scale & 0x7ff)) + HEADER_BYTES : undefined;
  }
  if (second !== undefined || number < 0) return undefined;
  switch (oid) {
    case typeOid.varchar:
    case typeOid.bpchar:
      return number >= 1 ? number + HEADER_BYTES : undefined;
    case typeOid.bit:
    case typeOid.varbit:
      return number >= 1 ? number : undefined;
    case typeOid.time:
    case typeOid.timetz:
    case typeOid.timestamp:
    case typeOid.timestamptz:
      return number <= 6 ? number : undefined;
    default:
      return undefined;
  }
}

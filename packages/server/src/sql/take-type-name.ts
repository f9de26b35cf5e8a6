import { arrayTypeOid, PgError, sqlstate, typeOid } from '@riffq/wire';
import type { WordReader } from './word-reader.js';

/** SQL's spellings of types that pg_type has by another name; the longer ones first. */
const spellings: readonly (readonly [keywords: readonly string[], oid: number])[] = (
  [
    ['DOUBLE PRECISION', typeOid.float8],
    ['NATIONAL CHARACTER VARYING', typeOid.varchar],
    ['CHARACTER VARYING', typeOid.varchar],
    ['CHAR VARYING', typeOid.varchar],
    ['BIT VARYING', typeOid.varbit],
    ['CHARACTER', typeOid.bpchar],
    ['CHAR', typeOid.bpchar],
    ['NCHAR', typeOid.bpchar],
    ['INTEGER', typeOid.int4],
    ['INT', typeOid.int4],
    ['SMALLINT', typeOid.int2],
    ['BIGINT', typeOid.int8],
    ['REAL', typeOid.float4],
    ['FLOAT', typeOid.float8],
    ['DECIMAL', typeOid.numeric],
    ['DEC', typeOid.numeric],
    ['BOOLEAN', typeOid.bool],
  ] as const
).map(([words, oid]) => [words.split(' '), oid]);

const byName: ReadonlyMap<string, number> = new Map(Object.entries(typeOid));
const withZone = new Map<number, number>([
  [typeOid.time, typeOid.timetz],
  [typeOid.timestamp, typeOid.timestamptz],
]);

/**
 * Takes the name of a built-in type, as SQL or pg_type spells it, with length and precision, which say nothing here.
 * Undefined if something else is there.
 *
 * @throws PgError 42704 for a type that PostgreSQL does not come with
 */
export function takeTypeName(words: WordReader): number | undefined {
  if (words.rest[1]?.text === '.' && words.take('PG_CATALOG')) words.takeSymbol('.');
  const oid = spellings.find(([keywords]) => words.take(...keywords))?.[1] ?? takeNamed(words);
  if (oid === undefined) return undefined;
  takeModifier(words);
  const zoned = withZone.get(oid);
  if (zoned === undefined) return takeArray(words, oid);
  if (words.take('WITH', 'TIME', 'ZONE')) return takeArray(words, zoned);
  words.take('WITHOUT', 'TIME', 'ZONE');
  return takeArray(words, oid);
}

function takeNamed(words: WordReader): number | undefined {
  const { position } = words;
  const name = words.takeName();
  if (name === undefined) return undefined;
  const oid = byName.get(name);
  if (oid !== undefined) return oid;
  throw new PgError({ sqlstate: sqlstate.undefined_object, message: `type "${name}" does not exist`, position });
}

/** `(10, 2)` */
function takeModifier(words: WordReader): void {
  if (!words.takeSymbol('(')) return;
  while (!words.done && !words.takeSymbol(')')) words.skip();
}

/** `[]`, `[3][]` and ARRAY: an array has any number of dimensions. */
function takeArray(words: WordReader, elementOid: number): number {
  let isArray = words.take('ARRAY');
  while (words.takeSymbol('[')) {
    words.takeInteger();
    words.takeSymbol(']');
    isArray = true;
  }
  return isArray ? (arrayTypeOid(elementOid) ?? elementOid) : elementOid;
}

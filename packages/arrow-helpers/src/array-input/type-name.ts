import { elementTypeOid, typeOid } from '@riffq/wire';

/** Types that are spelled otherwise in SQL than in pg_type. */
const sqlNames: ReadonlyMap<string, string> = new Map([
  ['any', '"any"'],
  ['bit', 'bit'],
  ['bool', 'boolean'],
  ['bpchar', 'character'],
  ['char', '"char"'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['int2', 'smallint'],
  ['int4', 'integer'],
  ['int8', 'bigint'],
  ['time', 'time without time zone'],
  ['timestamp', 'timestamp without time zone'],
  ['timestamptz', 'timestamp with time zone'],
  ['timetz', 'time with time zone'],
  ['varbit', 'bit varying'],
  ['varchar', 'character varying'],
]);

/** The name of a built-in type as format_type() gives it, for messages; `???` for one that PostgreSQL does not have. */
export function typeName(oid: number): string {
  if (oid === 0) return '-';
  const name = Object.entries(typeOid).find(([, known]) => known === oid)?.[0];
  if (name === undefined) return '???';
  const elementOid = name.startsWith('_') ? elementTypeOid(oid) : undefined;
  return elementOid === undefined ? (sqlNames.get(name) ?? name) : `${typeName(elementOid)}[]`;
}

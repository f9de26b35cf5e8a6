import { isSystemSchema } from '../is-system-schema.js';
import type { BuiltIns } from './built-ins.js';
import type { SchemaName } from './write-relation.js';

/** The OID of pg_toast, which tools leave out of their lists. */
export const aside = 99;

const informationSchema = 'information_schema';

/** What of PostgreSQL's own an object of a source takes the place of. */
export interface ReplacedBuiltIn {
  /** A relation goes with its row type and the array of that. */
  readonly kind: 'relation' | 'array';
  readonly oid: number;
  /** Where it belongs. */
  readonly schemaOid: number;
}

/** The built-in relation that one of a source takes the place of, or else the type of arrays that has its name. */
export function replacedByRelation(schema: SchemaName, name: string, builtIns: BuiltIns): readonly ReplacedBuiltIn[] {
  const oid = builtInRelation(schema.name, name, builtIns);
  return oid === undefined
    ? replacedByType(schema, name, builtIns)
    : [{ kind: 'relation', oid, schemaOid: schema.oid }];
}

/** The built-in type of arrays that has the name of a type of a source: PostgreSQL renames them for any other type, too. */
export function replacedByType(schema: SchemaName, name: string, builtIns: BuiltIns): readonly ReplacedBuiltIn[] {
  const oid = builtInType(schema.name, name, builtIns);
  return oid !== undefined && isArray(oid, builtIns) ? [{ kind: 'array', oid, schemaOid: schema.oid }] : [];
}

/** The OID of a relation of PostgreSQL's own. */
export function builtInRelation(schema: string, name: string, builtIns: BuiltIns): number | undefined {
  return isSystemSchema(schema) ? builtIns.relations.get(`${schema}.${name}`) : undefined;
}

/** The OID of a type of PostgreSQL's own. */
export function builtInType(schema: string, name: string, builtIns: BuiltIns): number | undefined {
  return isSystemSchema(schema) ? builtIns.typeOids.get(`${schema}.${name}`) : undefined;
}

/** Whether a type is one of arrays, which PostgreSQL has named; of those with a name of their own (int2vector) it is not. */
export function isArray(oid: number, builtIns: BuiltIns): boolean {
  return builtIns.types.get(oid)?.category === 'A' && (builtIns.names.type.get(oid)?.includes('._') ?? false);
}

/** SQL that makes room for objects that take the place of built-in ones. What uses those knows them by OID. */
export function moveAside(replaced: readonly ReplacedBuiltIn[]): readonly string[] {
  return replaced.flatMap((item) => move(item, aside));
}

/** SQL that brings them back. */
export function bringBack(replaced: readonly ReplacedBuiltIn[]): readonly string[] {
  return replaced.flatMap((item) => move(item, item.schemaOid));
}

function move({ kind, oid }: ReplacedBuiltIn, schemaOid: number): readonly string[] {
  const types =
    kind === 'array' ? `${oid}` : `SELECT unnest(ARRAY[t.oid, t.typarray]) FROM pg_type t WHERE t.typrelid = ${oid}`;
  const moveTypes = moveUnlessTaken('pg_type', 'typname', 'typnamespace', types, schemaOid);
  if (kind === 'array') return [moveTypes];
  return [moveUnlessTaken('pg_class', 'relname', 'relnamespace', `${oid}`, schemaOid), moveTypes];
}

/**
 * An array goes with its row type, and may still have to make room for a relation of its own name; and of an object that has
 * changed a little, the rows that are the same stay where they are.
 */
function moveUnlessTaken(table: string, name: string, place: string, oids: string, schemaOid: number): string {
  return `UPDATE ${table} m SET ${place} = ${schemaOid} WHERE oid IN (${oids}) AND NOT EXISTS
    (SELECT FROM ${table} o WHERE o.${name} = m.${name} AND o.${place} = ${schemaOid})`;
}

/** The OID that information_schema has: a source's own, or the one that PostgreSQL gave to it. */
export function informationSchemaOid(schemas: readonly SchemaName[], builtIns: BuiltIns): number {
  const own = schemas.find(({ name }) => name === informationSchema);
  return own?.oid ?? builtIns.schemas.get(informationSchema)!;
}

/** SQL that gives information_schema another OID: PostgreSQL knows it by its name. What is in it follows. */
export function renumberInformationSchema(from: number, to: number): readonly string[] {
  if (from === to) return [];
  const places = [
    'pg_class.relnamespace',
    'pg_type.typnamespace',
    'pg_proc.pronamespace',
    'pg_constraint.connamespace',
  ];
  return [
    `UPDATE pg_namespace SET oid = ${to} WHERE oid = ${from}`,
    ...places.map((place) => {
      const [table, column] = place.split('.');
      return `UPDATE ${table} SET ${column} = ${to} WHERE ${column} = ${from}`;
    }),
    ...['pg_description', 'pg_init_privs'].map(
      (table) => `UPDATE ${table} SET objoid = ${to} WHERE classoid = 'pg_namespace'::regclass AND objoid = ${from}`,
    ),
    `UPDATE pg_depend SET objid = ${to} WHERE classid = 'pg_namespace'::regclass AND objid = ${from}`,
    `UPDATE pg_depend SET refobjid = ${to} WHERE refclassid = 'pg_namespace'::regclass AND refobjid = ${from}`,
  ];
}

import type { DatabaseContent } from '../database-content.js';
import { systemTableReplaced } from '../errors/source-errors.js';
import { isSystemSchema } from '../is-system-schema.js';
import type { BuiltIns } from './built-ins.js';

/** OIDs below are of the tables that PostgreSQL itself works with, and of their indexes. */
const firstReplaceable = 10_000;
/** The OID of pg_toast, which tools leave out of their lists. */
const aside = 99;

/** A built-in relation that one of a source takes the place of. */
export interface ReplacedRelation {
  readonly oid: number;
  /** Where it belongs. */
  readonly schemaOid: number;
}

/** The built-in relation of a name; undefined if there is none. */
export function replacedRelation(schema: string, name: string, builtIns: BuiltIns): ReplacedRelation | undefined {
  const oid = isSystemSchema(schema) ? builtIns.relations.get(`${schema}.${name}`) : undefined;
  const schemaOid = builtIns.schemas.get(schema);
  return oid === undefined || schemaOid === undefined ? undefined : { oid, schemaOid };
}

/** @throws PgError 42P07 when a relation has the name of one that PostgreSQL itself works with */
export function requireReplaceable({ schemas }: DatabaseContent, builtIns: BuiltIns): void {
  for (const { name: schema, relations } of schemas) {
    if (!isSystemSchema(schema)) continue;
    for (const { name } of relations) {
      const replaced = replacedRelation(schema, name, builtIns);
      if (replaced !== undefined && replaced.oid < firstReplaceable) throw systemTableReplaced(`${schema}.${name}`);
    }
  }
}

/** SQL that makes room for relations that take the place of built-in ones. What uses those knows them by OID. */
export function moveAside(replaced: readonly ReplacedRelation[]): readonly string[] {
  return replaced.flatMap(({ oid }) => move(oid, aside));
}

/** SQL that brings them back. */
export function bringBack(replaced: readonly ReplacedRelation[]): readonly string[] {
  return replaced.flatMap(({ oid, schemaOid }) => move(oid, schemaOid));
}

/** Its row type and the array of that have its name, too. */
function move(oid: number, schemaOid: number): readonly string[] {
  return [
    `UPDATE pg_class SET relnamespace = ${schemaOid} WHERE oid = ${oid}`,
    `UPDATE pg_type SET typnamespace = ${schemaOid}
     WHERE oid IN (SELECT unnest(ARRAY[t.oid, t.typarray]) FROM pg_type t WHERE t.typrelid = ${oid})`,
  ];
}

import type { DatabaseContent, SchemaContent } from '../database-content.js';
import { nameIsBuiltIn, rowTypeIsBuiltIn, schemaHasOid, systemTableReplaced } from '../errors/source-errors.js';
import { isSystemSchema } from '../is-system-schema.js';
import type { BuiltIns } from './built-ins.js';
import { aside, builtInRelation, builtInType, isArray } from './replaced-built-in.js';

/** OIDs below are of the tables that PostgreSQL itself works with, and of their indexes. */
const firstReplaceable = 10_000;

/** PostgreSQL finds these by OID, wherever it looks for its own objects. */
const knownByOid: ReadonlySet<string> = new Set(['pg_catalog', 'pg_toast']);

/**
 * Looks at what a source has in the schemas of PostgreSQL itself, where names may be taken.
 *
 * @throws PgError 42P07 or 42710 when an object has the name of one that it cannot take the place of, 42P06 when a schema has
 * another OID than it must have
 */
export function requireNames({ schemas }: DatabaseContent, builtIns: BuiltIns): void {
  for (const schema of schemas) {
    if (!isSystemSchema(schema.name)) continue;
    const oid = builtIns.schemas.get(schema.name)!;
    if (knownByOid.has(schema.name) && schema.oid !== oid) throw schemaHasOid(schema.name, schema.oid, oid);
    requireNamesOf(schema, builtIns);
  }
}

function requireNamesOf(schema: SchemaContent, builtIns: BuiltIns): void {
  const qualified = (name: string): string => `${schema.name}.${name}`;
  for (const { name, indexes, sequences } of schema.relations) {
    const relation = takenRelation(schema, name, builtIns);
    if (relation !== undefined && (relation < firstReplaceable || schema.oid === aside))
      throw systemTableReplaced(qualified(name));
    if (relation === undefined && hasTypeOfItsOwn(schema, name, builtIns)) throw rowTypeIsBuiltIn(qualified(name));
    for (const index of indexes) {
      if (takenRelation(schema, index.name, builtIns) !== undefined)
        throw nameIsBuiltIn('relation', qualified(index.name), `an index of relation "${qualified(name)}"`);
    }
    for (const sequence of sequences) requireNameOfSequence(schema, sequence.name, builtIns);
  }
  for (const { name } of schema.sequences) requireNameOfSequence(schema, name, builtIns);
  const types = [
    ...schema.enums.map(({ name }) => [name, 'an enum'] as const),
    ...schema.domains.map(({ name }) => [name, 'a domain'] as const),
  ];
  for (const [name, what] of types)
    if (hasTypeOfItsOwn(schema, name, builtIns)) throw nameIsBuiltIn('type', qualified(name), what);
}

function requireNameOfSequence(schema: SchemaContent, name: string, builtIns: BuiltIns): void {
  if (takenRelation(schema, name, builtIns) !== undefined)
    throw nameIsBuiltIn('relation', `${schema.name}.${name}`, 'a sequence');
}

/** A type that cannot make room, as those of arrays do. */
function hasTypeOfItsOwn(schema: SchemaContent, name: string, builtIns: BuiltIns): boolean {
  return places(schema).some((place) => {
    const oid = builtInType(place, name, builtIns);
    return oid !== undefined && !(place === schema.name && isArray(oid, builtIns) && schema.oid !== aside);
  });
}

function takenRelation(schema: SchemaContent, name: string, builtIns: BuiltIns): number | undefined {
  for (const place of places(schema)) {
    const oid = builtInRelation(place, name, builtIns);
    if (oid !== undefined) return oid;
  }
  return undefined;
}

/** What is replaced elsewhere moves into pg_toast, so its name must be free there, too. */
function places(schema: SchemaContent): readonly string[] {
  return schema.oid === aside ? [schema.name, 'pg_catalog', 'information_schema'] : [schema.name];
}

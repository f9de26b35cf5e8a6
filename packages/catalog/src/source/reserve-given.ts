import type { OidAllocator } from '../registry/oid-allocator.js';
import type { RelationDescription, SchemaDescription } from './descriptions.js';

/** Keeps the OIDs that a source gave in a schema from being given to something else. */
export function reserveGiven(oids: OidAllocator, schema: SchemaDescription): void {
  oids.reserve(schema.oid);
  for (const type of [...schema.enums, ...schema.domains]) {
    oids.reserve(type.oid);
    oids.reserve(type.arrayOid);
  }
  for (const { oid } of schema.sequences) oids.reserve(oid);
  for (const relation of schema.relations) reserveGivenOf(oids, relation);
}

/** The same for one relation. */
export function reserveGivenOf(oids: OidAllocator, relation: RelationDescription): void {
  oids.reserve(relation.oid);
  oids.reserve(relation.typeOid);
  oids.reserve(relation.arrayOid);
  reserveGivenOfConstraints(oids, relation);
}

/** The same for the indexes and constraints of a relation. */
export function reserveGivenOfConstraints(oids: OidAllocator, relation: RelationDescription): void {
  const keys = [...relation.unique, ...(relation.primaryKey === undefined ? [] : [relation.primaryKey])];
  for (const { indexOid } of keys) oids.reserve(indexOid);
  for (const { oid } of [...keys, ...relation.indexes, ...relation.foreignKeys, ...relation.checks]) oids.reserve(oid);
}

import type { DatabaseContent, RelationContent, SchemaContent } from '../database-content.js';
import { referencedBy, relationLists, relationsWithForeignKeys } from '../relation-lists.js';
import { sameData } from './same-data.js';
import type { SchemaName } from './write-relation.js';

/** A relation and where it is. */
export interface PlacedRelation {
  readonly schema: SchemaName;
  readonly relation: RelationContent;
}

/** The relations that are other objects than before; one that changed is in both lists. */
export interface RelationChanges {
  readonly gone: readonly PlacedRelation[];
  readonly come: readonly PlacedRelation[];
}

/**
 * What changed, when that is nothing but a few relations that no other object has anything to do with; else undefined. Most
 * changes are of this kind, and finding out costs next to nothing.
 */
export function relationChanges(
  before: DatabaseContent,
  after: DatabaseContent,
  atMost: number,
): RelationChanges | undefined {
  if (!sameButSchemas(before, after) || before.schemas.length !== after.schemas.length) return undefined;
  const gone: PlacedRelation[] = [];
  const come: PlacedRelation[] = [];
  for (const [at, schema] of after.schemas.entries()) {
    const was = before.schemas[at]!;
    if (was === schema) continue;
    if (!sameButRelations(was, schema)) return undefined;
    const changed = relationLists.changed(was.relations, schema.relations);
    const place = { oid: schema.oid, name: schema.name };
    gone.push(...changed.gone.map((relation) => ({ schema: place, relation })));
    come.push(...changed.come.map((relation) => ({ schema: place, relation })));
    if (gone.length + come.length > atMost) return undefined;
  }
  const standAlone = sameData(ownersOf(gone), ownersOf(come)) && areUnrelated([before, after], [...gone, ...come]);
  return standAlone ? { gone, come } : undefined;
}

function sameButSchemas(before: DatabaseContent, after: DatabaseContent): boolean {
  const lists = ['name', 'databases', 'config', 'settings'] as const;
  return lists.every((list) => sameData(before[list], after[list]));
}

function sameButRelations(before: SchemaContent, after: SchemaContent): boolean {
  const { relations: _before, ...was } = before;
  const { relations: _after, ...is } = after;
  return sameData(was, is);
}

/** Roles are made for owners, and go with them. */
function ownersOf(placed: readonly PlacedRelation[]): readonly (number | null)[] {
  return [...new Set(placed.map(({ relation }) => relation.owner))].sort();
}

/** Whether no foreign key begins or ends at one of the relations. */
function areUnrelated(contents: readonly DatabaseContent[], placed: readonly PlacedRelation[]): boolean {
  const oids = new Set(placed.map(({ relation }) => relation.oid));
  const referring = contents.flatMap(({ schemas }) =>
    schemas.flatMap(({ relations }) => relationsWithForeignKeys(relations)),
  );
  return !referring.some((relation) => oids.has(relation.oid) || referencedBy(relation).some((oid) => oids.has(oid)));
}

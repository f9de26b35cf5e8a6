import { sameData } from '../content-rows/same-data.js';
import type { DatabaseContent } from '../database-content.js';
import { referencedBy, relationsWithForeignKeys, replacedRelations } from '../relations-with-foreign-keys.js';
import type { BuiltContent, BuiltSchema } from './build-content.js';
import type { DatabaseDescription, RelationDescription, SchemaDescription } from './descriptions.js';
import { reserveGivenOf, reserveGivenOfConstraints } from './reserve-given.js';
import type { SettledRelation } from './settled-relation.js';

/** If more relations than this have changed, building all is as fast. */
const manyChanges = 500;

/** What has come to a schema and what has gone; a relation that changed has done both. */
interface Change {
  readonly at: BuiltSchema;
  readonly gone: readonly SettledRelation[];
  readonly come: readonly RelationDescription[];
}

/** What something else was made out of: a pull that all have left may go on beside the next one. */
const usedUp = new WeakSet<BuiltContent>();

/**
 * Makes the content after a few relations have changed out of the one before: what costs is the change, not the catalog.
 * Undefined when it has to be built as a whole, because it would come out otherwise or is wrong. What was built before can
 * be used once.
 */
export function updateContent(before: BuiltContent, description: DatabaseDescription): BuiltContent | undefined {
  if (usedUp.has(before)) return undefined;
  const changes = changesOf(before, description);
  if (changes === undefined || before.builder.entangled || sequencesFollow(before, changes)) return undefined;
  usedUp.add(before);
  try {
    apply(before, changes);
  } catch {
    // Built as a whole it fails in the same way, and tells of what comes first.
    return undefined;
  }
  if (before.builder.entangled) return undefined;
  return { ...before, description, content: contentOf(before, description, changes) };
}

function changesOf(before: BuiltContent, after: DatabaseDescription): readonly Change[] | undefined {
  if (before.description.schemas.length !== after.schemas.length) return undefined;
  const changes: Change[] = [];
  let count = 0;
  for (const at of before.schemas) {
    const schema = after.schemas.find(({ name }) => name === at.schema.description.name);
    if (schema === undefined || !sameButRelations(at.schema.description, schema)) return undefined;
    const change = changeOf(before, at, schema.relations);
    if (change === undefined) return undefined;
    count += change.gone.length + change.come.length;
    if (count > manyChanges) return undefined;
    if (change.gone.length + change.come.length > 0) changes.push(change);
  }
  return changes;
}

function sameButRelations(before: SchemaDescription, after: SchemaDescription): boolean {
  const { relations: _before, ...was } = before;
  const { relations: _after, ...is } = after;
  return sameData(was, is);
}

/** Undefined when two relations have one name. */
function changeOf(
  before: BuiltContent,
  at: BuiltSchema,
  relations: readonly RelationDescription[],
): Change | undefined {
  const names = new Set(relations.map(({ name }) => name));
  if (names.size !== relations.length) return undefined;
  const settled = before.builder.settled(at.schema.description.name);
  const come = relations.filter((relation) => settled.get(relation.name)?.description !== relation);
  const replaced = come.flatMap(({ name }) => settled.get(name) ?? []);
  if (relations.length - come.length + replaced.length === settled.size) return { at, gone: replaced, come };
  return { at, gone: [...replaced, ...[...settled.values()].filter((one) => !names.has(one.description.name))], come };
}

/** A sequence that belongs to a column has its number. */
function sequencesFollow({ description }: BuiltContent, changes: readonly Change[]): boolean {
  const isOwned = description.schemas.some(({ sequences }) => sequences.some(({ ownedBy }) => ownedBy !== undefined));
  return isOwned && changes.length > 0;
}

function apply({ builder, schemas, content }: BuiltContent, changes: readonly Change[]): void {
  const gone = new Set(changes.flatMap((change) => change.gone.map(({ oid }) => oid)));
  for (const change of changes) {
    for (const relation of change.gone) {
      const { name } = relation.description;
      builder.forget(relation, change.at.relations.get(name)!);
      change.at.relations.delete(name);
    }
  }
  const referring = schemas.map((at, number) =>
    relationsWithForeignKeys(content.schemas[number]!.relations).filter(
      (relation) => at.relations.get(relation.name) === relation && referencedBy(relation).some((oid) => gone.has(oid)),
    ),
  );
  for (const { come } of changes) for (const relation of come) reserveGivenOf(builder.oids, relation);
  for (const { at, come } of changes) for (const relation of come) builder.settle(at.schema, relation);
  for (const [number, at] of schemas.entries()) {
    const settled = builder.settled(at.schema.description.name);
    for (const relation of referring[number] ?? []) {
      builder.forgetBuilt(at.schema, relation);
      reserveGivenOfConstraints(builder.oids, settled.get(relation.name)!.description);
      at.relations.set(relation.name, builder.build(settled.get(relation.name)!));
    }
  }
  for (const { at, come } of changes) {
    const settled = builder.settled(at.schema.description.name);
    for (const { name } of come) at.relations.set(name, builder.build(settled.get(name)!));
  }
}

/** What has not changed stays the very same object: whoever compares sees it at once. */
function contentOf(before: BuiltContent, after: DatabaseDescription, changes: readonly Change[]): DatabaseContent {
  const { content } = before;
  const { databases, config, settings, name } = after;
  const same = sameData([content.databases, content.config, content.settings], [databases, config, settings]);
  if (same && changes.length === 0) return content;
  const schemas = content.schemas.map((schema, number) => {
    const { relations } = before.schemas[number]!;
    return changes.some(({ at }) => at.relations === relations)
      ? { ...schema, relations: replacedRelations(schema.relations, relations) }
      : schema;
  });
  return { databases, name, schemas, config, settings };
}

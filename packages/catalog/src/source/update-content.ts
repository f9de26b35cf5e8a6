import { sameData } from '../content-rows/same-data.js';
import type { DatabaseContent } from '../database-content.js';
import { referencedBy, relationsWithForeignKeys, replacedRelations } from '../relation-lists.js';
import type { BuiltContent, BuiltSchema } from './build-content.js';
import type { DatabaseDescription, RelationDescription, SchemaDescription } from './descriptions.js';
import { descriptionLists } from './known-relations.js';
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

/** Names of relations, by schema. */
type Touched = ReadonlyMap<BuiltSchema, ReadonlySet<string>>;

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
  let touched: Touched;
  try {
    touched = apply(before, changes);
  } catch {
    // Built as a whole it fails in the same way, and tells of what comes first.
    return undefined;
  }
  if (before.builder.entangled) return undefined;
  return { ...before, description, content: contentOf(before, description, touched) };
}

function changesOf(before: BuiltContent, after: DatabaseDescription): readonly Change[] | undefined {
  if (before.description.schemas.length !== after.schemas.length) return undefined;
  const changes: Change[] = [];
  let count = 0;
  for (const at of before.schemas) {
    const { name } = at.schema.description;
    const [was, is] = [before.description, after].map(({ schemas }) => schemas.find((schema) => schema.name === name));
    if (was === undefined || is === undefined || !sameButRelations(was, is)) return undefined;
    const change = changeOf(before, at, was.relations, is.relations);
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
  was: readonly RelationDescription[],
  is: readonly RelationDescription[],
): Change | undefined {
  const { gone, come } = descriptionLists.changed(was, is);
  const settled = before.builder.settled(at.schema.description.name);
  const left = gone.flatMap(({ name }) => settled.get(name) ?? []);
  const free = new Set(left.map(({ description }) => description.name));
  const names = new Set(come.map(({ name }) => name));
  const isTwice = is.length !== was.length - gone.length + come.length || names.size !== come.length;
  if (isTwice || come.some(({ name }) => settled.has(name) && !free.has(name))) return undefined;
  return { at, gone: left, come };
}

/** A sequence that belongs to a column has its number. */
function sequencesFollow({ description }: BuiltContent, changes: readonly Change[]): boolean {
  const isOwned = description.schemas.some(({ sequences }) => sequences.some(({ ownedBy }) => ownedBy !== undefined));
  return isOwned && changes.length > 0;
}

/** Gives the names of the relations that are others now, by schema. */
function apply({ builder, schemas, content }: BuiltContent, changes: readonly Change[]): Touched {
  const touched = new Map(schemas.map((at) => [at, new Set<string>()]));
  const gone = new Set(changes.flatMap((change) => change.gone.map(({ oid }) => oid)));
  for (const change of changes) {
    for (const relation of change.gone) {
      const { name } = relation.description;
      builder.forget(relation, change.at.relations.get(name)!);
      change.at.relations.delete(name);
      touched.get(change.at)?.add(name);
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
      touched.get(at)?.add(relation.name);
    }
  }
  for (const { at, come } of changes) {
    const settled = builder.settled(at.schema.description.name);
    for (const { name } of come) {
      at.relations.set(name, builder.build(settled.get(name)!));
      touched.get(at)?.add(name);
    }
  }
  return touched;
}

/** What has not changed stays the very same object: whoever compares sees it at once. */
function contentOf(before: BuiltContent, after: DatabaseDescription, touched: Touched): DatabaseContent {
  const { content } = before;
  const { databases, config, settings, name } = after;
  const same = sameData([content.databases, content.config, content.settings], [databases, config, settings]);
  const isUnchanged = [...touched.values()].every(({ size }) => size === 0);
  if (same && isUnchanged) return content;
  const schemas = content.schemas.map((schema, number) => {
    const at = before.schemas[number]!;
    const names = touched.get(at)!;
    return names.size === 0
      ? schema
      : { ...schema, relations: replacedRelations(schema.relations, at.relations, names) };
  });
  return { databases, name, schemas, config, settings };
}

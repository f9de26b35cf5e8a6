import type { RelationContent } from './database-content.js';
import { ReplacedItems } from './replaced-items.js';

const known = new WeakMap<readonly RelationContent[], readonly RelationContent[]>();

/** Those of a schema's relations that refer to others. A list is looked through once. */
export function relationsWithForeignKeys(relations: readonly RelationContent[]): readonly RelationContent[] {
  let found = known.get(relations);
  if (found === undefined) {
    found = relations.filter(hasForeignKeys);
    known.set(relations, found);
  }
  return found;
}

/** Where the relations of a list are, by name. */
const places = new WeakMap<readonly RelationContent[], Map<string, number>>();

/** The lists of relations that contents have. */
export const relationLists = new ReplacedItems<RelationContent>();

/**
 * Makes a list that differs from one before in the relations of some names. As long as none goes, nothing is looked at but
 * these: a catalog is larger than the caches of a processor.
 */
export function replacedRelations(
  before: readonly RelationContent[],
  after: ReadonlyMap<string, RelationContent>,
  names: ReadonlySet<string>,
): readonly RelationContent[] {
  const come = [...names].map((name) => after.get(name)).filter((relation) => relation !== undefined);
  const left = come.length < names.size ? before.filter(({ name }) => after.has(name)) : before;
  const at = places.get(left) ?? placesOf(left);
  for (const { name } of come) if (!at.has(name)) at.set(name, at.size);
  const list = relationLists.replace(left, new Map(come.map((relation) => [at.get(relation.name)!, relation])));
  places.delete(before);
  places.set(list, at);
  const stay = relationsWithForeignKeys(before).filter(({ name }) => !names.has(name));
  known.set(list, [...stay, ...come.filter(hasForeignKeys)]);
  return list;
}

function placesOf(relations: readonly RelationContent[]): Map<string, number> {
  return new Map(relations.map(({ name }, place) => [name, place]));
}

/** The relations that a relation refers to, by OID. */
export function referencedBy({ constraints }: RelationContent): readonly number[] {
  return constraints.flatMap((constraint) =>
    constraint.kind === 'foreignKey' ? constraint.referencedRelationOid : [],
  );
}

function hasForeignKeys({ constraints }: RelationContent): boolean {
  return constraints.some(({ kind }) => kind === 'foreignKey');
}

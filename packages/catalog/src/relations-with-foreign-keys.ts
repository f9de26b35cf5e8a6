import type { RelationContent } from './database-content.js';

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

/** Makes a list that differs in some relations from one before, and spares the look through it. */
export function replacedRelations(
  before: readonly RelationContent[],
  after: ReadonlyMap<string, RelationContent>,
): readonly RelationContent[] {
  const list = [...after.values()];
  const were = new Set(before);
  const stay = relationsWithForeignKeys(before).filter((relation) => after.get(relation.name) === relation);
  known.set(list, [...stay, ...list.filter((relation) => !were.has(relation) && hasForeignKeys(relation))]);
  return list;
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

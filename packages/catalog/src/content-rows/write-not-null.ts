import type { DomainContent, RelationContent } from '../database-content.js';
import { chooseName } from '../object-name.js';
import { plainConstraint } from './constraint-row.js';
import type { ContentContext } from './content-context.js';
import { RowTemplate } from './row-template.js';
import type { RowWriter } from './row-writer.js';

const own = ['oid', 'conname', 'connamespace', 'conrelid', 'contypid', 'conkey'] as const;

const constraints = RowTemplate.of('pg_catalog.pg_constraint', own, {
  ...plainConstraint,
  contype: 'n',
  connoinherit: false,
});

/** Whether a relation has constraints of columns that are NOT NULL: a view has none. */
export function hasNotNull({ kind, columns }: RelationContent): boolean {
  return kind === 'table' && columns.some(({ nullable }) => !nullable);
}

/** What the constraints of a relation's columns have as OIDs, 0 where there is none: they are the same whenever its rows are made. */
const knownOids = new WeakMap<RelationContent, readonly number[]>();

function oidsOf(context: ContentContext, relation: RelationContent): readonly number[] {
  let oids = knownOids.get(relation);
  if (oids === undefined) {
    oids = relation.columns.map(({ nullable }) => (nullable ? 0 : context.nextOid()));
    knownOids.set(relation, oids);
  }
  return oids;
}

/** Lets the columns of a relation that has changed keep the OIDs of their constraints. */
export function keepNotNull(context: ContentContext, before: RelationContent, after: RelationContent): void {
  if (!hasNotNull(before) || !hasNotNull(after) || knownOids.has(after)) return;
  const oids = oidsOf(context, before);
  const places = new Map(before.columns.map(({ name }, index) => [name, index]));
  const kept = after.columns.map(({ name, nullable }) => {
    const place = places.get(name);
    const oid = place === undefined ? 0 : oids[place]!;
    return nullable ? 0 : oid || context.nextOid();
  });
  knownOids.set(after, kept);
}

/** Adds a constraint for each column that is NOT NULL, under the name that PostgreSQL gives it. */
export function writeNotNullOfColumns(
  writer: RowWriter,
  context: ContentContext,
  schemaOid: number,
  relation: RelationContent,
): void {
  if (!context.columnsHaveConstraints || !hasNotNull(relation)) return;
  const names = new Set(relation.constraints.map(({ name }) => name));
  const oids = oidsOf(context, relation);
  const ofRelation = constraints.with({ connamespace: schemaOid, conrelid: relation.oid, contypid: 0 });
  for (const [index, { name, nullable }] of relation.columns.entries()) {
    if (nullable) continue;
    const conname = chooseName(relation.name, [name], label, (taken) => names.has(taken));
    names.add(conname);
    writer.addLike(ofRelation, { oid: oids[index]!, conname, conkey: `{${index + 1}}` });
  }
}

/** Adds the constraint of a domain that is NOT NULL. */
export function writeNotNullOfDomain(
  writer: RowWriter,
  context: ContentContext,
  schemaOid: number,
  { oid, name, nullable }: DomainContent,
): void {
  if (!context.domainsHaveConstraints || nullable) return;
  writer.addLike(constraints, {
    oid: context.nextOid(),
    conname: chooseName(name, [], label, () => false),
    connamespace: schemaOid,
    conrelid: 0,
    contypid: oid,
    conkey: null,
  });
}

const label = 'not_null';

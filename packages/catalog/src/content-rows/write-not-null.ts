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

/** Adds a constraint for each column that is NOT NULL, under the name that PostgreSQL gives it. */
export function writeNotNullOfColumns(
  writer: RowWriter,
  context: ContentContext,
  schemaOid: number,
  relation: RelationContent,
): void {
  if (!context.columnsHaveConstraints || !hasNotNull(relation)) return;
  const names = new Set(relation.constraints.map(({ name }) => name));
  const ofRelation = constraints.with({ connamespace: schemaOid, conrelid: relation.oid, contypid: 0 });
  let written = 0;
  for (const [index, { name, nullable }] of relation.columns.entries()) {
    if (nullable) continue;
    const conname = chooseName(relation.name, [name], label, (taken) => names.has(taken));
    names.add(conname);
    writer.addLike(ofRelation, { oid: relation.notNullOids[written++]!, conname, conkey: `{${index + 1}}` });
  }
}

/** Adds the constraint of a domain that is NOT NULL. */
export function writeNotNullOfDomain(
  writer: RowWriter,
  context: ContentContext,
  schemaOid: number,
  { oid, name, notNullOid }: DomainContent,
): void {
  if (!context.domainsHaveConstraints || notNullOid === null) return;
  writer.addLike(constraints, {
    oid: notNullOid,
    conname: chooseName(name, [], label, () => false),
    connamespace: schemaOid,
    conrelid: 0,
    contypid: oid,
    conkey: null,
  });
}

const label = 'not_null';

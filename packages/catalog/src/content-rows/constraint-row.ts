import type { ConstraintContent, ReferentialAction } from '../database-content.js';
import type { ContentContext } from './content-context.js';
import type { SystemRow } from './system-tables.js';

type ConstraintRow = SystemRow<'pg_catalog.pg_constraint'>;

/** What pg_get_expr and its like know text by that is no tree of PostgreSQL's. */
export const textMark = 'sql:';

const kinds = { primaryKey: 'p', unique: 'u', foreignKey: 'f', check: 'c' } as const;

const actions: Readonly<Record<ReferentialAction, string>> = {
  noAction: 'a',
  restrict: 'r',
  cascade: 'c',
  setNull: 'n',
  setDefault: 'd',
};

/** What most constraints have in pg_constraint. */
export const plainConstraint = {
  condeferrable: false,
  condeferred: false,
  conenforced: true,
  convalidated: true,
  conindid: 0,
  conparentid: 0,
  confrelid: 0,
  confupdtype: ' ',
  confdeltype: ' ',
  confmatchtype: ' ',
  conislocal: true,
  coninhcount: 0,
  conperiod: false,
  confkey: null,
  conpfeqop: null,
  conppeqop: null,
  conffeqop: null,
  conbin: null,
} satisfies Partial<ConstraintRow>;

/** The row of a constraint in pg_constraint. */
export function constraintRow(
  context: ContentContext,
  place: { readonly schemaOid: number; readonly relationOid: number },
  constraint: ConstraintContent,
): ConstraintRow {
  return {
    ...plainConstraint,
    oid: constraint.oid,
    conname: constraint.name,
    connamespace: place.schemaOid,
    contype: kinds[constraint.kind],
    conrelid: place.relationOid,
    contypid: 0,
    connoinherit: constraint.kind !== 'check',
    conkey: numbers(constraint.columns),
    ...ofKind(context, constraint),
  };
}

function ofKind(context: ContentContext, constraint: ConstraintContent): Partial<ConstraintRow> {
  switch (constraint.kind) {
    case 'primaryKey':
    case 'unique':
      return { conindid: constraint.indexOid };
    case 'check':
      return { conbin: textMark + constraint.expression };
    case 'foreignKey': {
      const equality = numbers(constraint.columns.map(() => int4Equality));
      return {
        conindid: context.uniqueIndexOver(constraint.referencedRelationOid, constraint.referencedColumns),
        confrelid: constraint.referencedRelationOid,
        confupdtype: actions[constraint.onUpdate],
        confdeltype: actions[constraint.onDelete],
        confmatchtype: 's',
        confkey: numbers(constraint.referencedColumns),
        // Only who checks keys needs the right operators, and nobody does here.
        conpfeqop: equality,
        conppeqop: equality,
        conffeqop: equality,
      };
    }
  }
}

const int4Equality = 96;

function numbers(values: readonly number[]): string {
  return `{${values.join(',')}}`;
}

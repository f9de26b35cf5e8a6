import type { ContentUnit, UnitOids } from './content-units.js';
import type { WrittenTable } from './row-writer.js';
import { classOid } from './system-tables.js';

type Catalog = keyof UnitOids;

/**
 * The tables with rows of an object of the catalog, and the condition that tells them. What few relations have is by itself:
 * most changes are of tables without it, and each DELETE takes PostgreSQL half a millisecond.
 */
const places: Readonly<Record<Catalog, readonly string[]>> = {
  pg_class: [
    'pg_class WHERE oid',
    'pg_attribute WHERE attrelid',
    `pg_description WHERE classoid = ${classOid.pg_class} AND objoid`,
  ],
  pg_index: ['pg_index WHERE indexrelid', `pg_depend WHERE classid = ${classOid.pg_class} AND objid`],
  pg_attrdef: [
    `pg_depend USING pg_attrdef d WHERE classid = ${classOid.pg_attrdef} AND objid = d.oid AND d.adrelid`,
    'pg_attrdef WHERE adrelid',
  ],
  pg_rewrite: ['pg_rewrite WHERE ev_class'],
  pg_sequence: ['pg_sequence WHERE seqrelid', `pg_depend WHERE classid = ${classOid.pg_class} AND objid`],
  pg_type: ['pg_type WHERE oid'],
  pg_enum: ['pg_enum WHERE enumtypid', `pg_description WHERE classoid = ${classOid.pg_type} AND objoid`],
  pg_constraint: [
    'pg_constraint WHERE oid',
    `pg_depend WHERE classid = ${classOid.pg_constraint} AND objid`,
    `pg_description WHERE classoid = ${classOid.pg_constraint} AND objoid`,
  ],
  notNullColumns: [`pg_constraint WHERE contype = 'n' AND conrelid`],
  notNullDomains: [`pg_constraint WHERE contype = 'n' AND contypid`],
  pg_namespace: ['pg_namespace WHERE oid', `pg_description WHERE classoid = ${classOid.pg_namespace} AND objoid`],
  pg_authid: ['pg_authid WHERE oid', 'pg_auth_members WHERE roleid'],
  pg_database: ['pg_database WHERE oid'],
};

/** A unit, and the tables that its rows are to be removed from. */
export interface RemovedUnit {
  readonly unit: ContentUnit;
  /** Undefined: from all. */
  readonly tables: ReadonlySet<WrittenTable> | undefined;
}

/** SQL that removes rows of the units. */
export function removal(units: readonly RemovedUnit[]): string {
  const statements = Object.entries(places).flatMap(([catalog, conditions]) =>
    conditions.flatMap((condition) => {
      const table = `pg_catalog.${condition.slice(0, condition.indexOf(' '))}`;
      const oids = units.flatMap(({ unit, tables }) => (isOf(tables, table) ? oidsOf(unit, catalog) : []));
      return oids.length === 0 ? [] : `DELETE FROM ${condition} = ANY ('{${oids.join(',')}}')`;
    }),
  );
  return statements.join(';\n');
}

function isOf(tables: ReadonlySet<string> | undefined, table: string): boolean {
  return tables === undefined || tables.has(table);
}

function oidsOf({ oids }: ContentUnit, catalog: string): readonly number[] {
  return Object.entries(oids).find(([name]) => name === catalog)?.[1] ?? [];
}

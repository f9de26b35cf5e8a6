import { type EnumRow, OidAllocator, type RelationRow, type SchemaRow, type SequenceRow } from '@riffq/catalog';
import { relationRows } from './relation-rows.js';
import type { SystemRow } from './system-row.js';
import type { SystemRows } from './system-rows.js';

/** What a database has at one moment, as a catalog. */
export interface DatabaseSnapshot {
  readonly schemas: readonly SchemaRow[];
  /** By the name of the schema. */
  readonly relations: ReadonlyMap<string, readonly RelationRow[]>;
}

/** Makes a catalog of what the system functions say of a database. */
export async function databaseSnapshot(database: string, rows: SystemRows): Promise<DatabaseSnapshot> {
  const oids = new OidAllocator();
  const schemas: SchemaRow[] = [];
  const relations = new Map<string, readonly RelationRow[]>();
  for (const name of rows.schemas) {
    const taken = new Set([
      ...rows.of('tables', name).map((row) => row.text('table_name')),
      ...rows.of('views', name).map((row) => row.text('view_name')),
    ]);
    // DuckDB lets a table, a sequence and a type have one name; where PostgreSQL does not, the table keeps it.
    const isFree = (row: { readonly name: string }): boolean => !taken.has(row.name);
    const sequences = rows.of('sequences', name).map(sequenceRow).filter(isFree);
    const enums = rows.of('enums', name).map(enumRow).filter(isFree);
    const [schema] = rows.of('schemas', name);
    const comment = schema?.optionalText('comment') ?? null;
    schemas.push({ oid: oids.settle(undefined, 'ns', database, name), name, comment, enums, sequences });
    for (const sequence of sequences) taken.add(sequence.name);
    const oid = (salt: string, relation: string): number => oids.settle(undefined, salt, database, name, relation);
    relations.set(name, await relationRows(rows, name, { oid, taken }));
  }
  return { schemas, relations };
}

function enumRow(row: SystemRow): EnumRow {
  return { name: row.text('type_name'), labels: row.texts('labels'), comment: row.optionalText('comment') };
}

function sequenceRow(row: SystemRow): SequenceRow {
  return {
    name: row.text('sequence_name'),
    start: row.integer('start_value'),
    minimum: row.integer('min_value'),
    maximum: row.integer('max_value'),
    increment: row.integer('increment_by'),
    cycle: row.flag('cycle'),
  };
}

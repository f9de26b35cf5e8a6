import { type EnumRow, OidAllocator, type RelationRow, type SchemaRow, type SequenceRow } from '@riffq/catalog';
import { EnumTypes } from './enum-types.js';
import type { Omissions } from './omissions.js';
import { relationRows } from './relation-rows.js';
import type { SystemRow } from './system-row.js';
import type { SystemRows } from './system-rows.js';
import { UniqueNames } from './unique-names.js';

/** What a database has at one moment, as a catalog. */
export interface DatabaseSnapshot {
  readonly schemas: readonly SchemaRow[];
  /** By the name of the schema. */
  readonly relations: ReadonlyMap<string, readonly RelationRow[]>;
}

/** Schemas that PostgreSQL finds by OID; DuckDB lets anybody make one of the name. */
const oidsOfSystem: ReadonlyMap<string, number> = new Map([
  ['pg_catalog', 11],
  ['pg_toast', 99],
]);

/** Makes a catalog of what the system functions say of a database; what a catalog cannot have is left out. */
export async function databaseSnapshot(
  database: string,
  rows: SystemRows,
  omissions: Omissions,
): Promise<DatabaseSnapshot> {
  const oids = new OidAllocator();
  const schemaNames = new UniqueNames();
  const schemas: SchemaRow[] = [];
  const relations = new Map<string, readonly RelationRow[]>();
  const enumTypes = new EnumTypes();
  const named: NamedSchema[] = [];
  // Enums of all schemas before any column, which may be of one of another schema.
  for (const schema of rows.schemas) {
    const tables = [
      ...rows.of('tables', schema).map((row) => row.text('table_name')),
      ...rows.of('views', schema).map((row) => row.text('view_name')),
    ].sort();
    const ofTables = new Set(tables);
    const names = new UniqueNames();
    for (const table of tables) names.settle(table);
    const types = new UniqueNames(names);
    // DuckDB lets a table, a sequence and a type have one name; where PostgreSQL does not, the table keeps it.
    const described = <T>(part: 'sequences' | 'enums', nameColumn: string, describe: (row: SystemRow) => T) =>
      rows
        .of(part, schema)
        .filter((row) => !ofTables.has(row.text(nameColumn)))
        .flatMap((row) => {
          const object = `"${schema}.${row.text(nameColumn)}" of ${part}`;
          return omissions.attempt(object, () => describe(row)) ?? [];
        });
    const sequences = described('sequences', 'sequence_name', (row) => sequenceRow(row, names));
    const enums = described('enums', 'type_name', (row) => {
      const facts = enumRow(row, types);
      const typeOids = {
        oid: oids.settle(undefined, 'type', database, schema, facts.name),
        arrayOid: oids.settle(undefined, 'array', database, schema, facts.name),
      };
      enumTypes.add(schema, row.texts('labels'), typeOids);
      return { ...facts, ...typeOids };
    });
    named.push({ schema, names, sequences, enums });
  }
  for (const { schema, names, sequences, enums } of named) {
    const comment = rows.of('schemas', schema)[0]?.optionalText('comment') ?? null;
    const name = schemaNames.settle(schema);
    const schemaOid = oids.settle(oidsOfSystem.get(name), 'ns', database, schema);
    schemas.push({ oid: schemaOid, name, comment, enums, sequences });
    const oid = (salt: string, relation: string): number => oids.settle(undefined, salt, database, schema, relation);
    const findEnum = (written: string) => enumTypes.find(schema, written);
    relations.set(name, await relationRows(rows, schema, { oid, relations: names, omissions, findEnum }));
  }
  return { schemas, relations };
}

/** A schema whose enums and sequences are described, and whose relations have names. */
interface NamedSchema extends Required<Pick<SchemaRow, 'enums' | 'sequences'>> {
  readonly schema: string;
  readonly names: UniqueNames;
}

function enumRow(row: SystemRow, names: UniqueNames): EnumRow {
  const labels = new UniqueNames();
  return {
    labels: row.texts('labels').map((label) => labels.settle(label)),
    comment: row.optionalText('comment'),
    name: names.settle(row.text('type_name')),
  };
}

function sequenceRow(row: SystemRow, names: UniqueNames): SequenceRow {
  return {
    start: row.integer('start_value'),
    minimum: row.integer('min_value'),
    maximum: row.integer('max_value'),
    increment: row.integer('increment_by'),
    cycle: row.flag('cycle'),
    name: names.settle(row.text('sequence_name')),
  };
}

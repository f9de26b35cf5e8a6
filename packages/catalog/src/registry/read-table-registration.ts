import { columnGivenTwice, invalidColumn, unknownType } from '../errors/registration-errors.js';
import { repeatedColumn, unknownName } from '../errors/source-errors.js';
import type { ColumnDescription, RelationDescription, TypeReference } from '../source/descriptions.js';
import { readColumnFacts } from '../source/read-column.js';
import { readRelationDetails } from '../source/read-relation.js';
import { repeatedName } from '../source/repeated-name.js';
import { RowReader } from '../source/row-reader.js';
import type { ColumnRegistration, KeyedColumnRegistration, TableRegistration } from './registrations.js';

const method = 'registerTable';

/** Finds a type by its name; undefined when there is none. */
export type FindType = (text: string) => TypeReference | undefined;

/** What `registerTable` was told, in one object. */
export interface TableReading {
  readonly table: string;
  readonly columns: readonly (ColumnRegistration | KeyedColumnRegistration)[];
  readonly details: TableRegistration;
  readonly findType: FindType;
}

/** Reads a registered table. @throws PgError saying what is missing or wrong. */
export function readTable({ table, columns, details, findType }: TableReading): RelationDescription {
  const read = columns.map((column) => readColumn(column, findType));
  const repeated = repeatedName(read.map(({ name }) => name));
  if (repeated !== undefined) throw columnGivenTwice(repeated.before, repeated.name);
  const facts = readRelationDetails(new RowReader(details, method), method);
  const description = { oid: undefined, typeOid: undefined, arrayOid: undefined, name: table, columns: read, ...facts };
  checkNames(description);
  return description;
}

/** Tables that a foreign key refers to may be registered later; the columns of this one are known now. */
function checkNames({ name, columns, primaryKey, ...lists }: RelationDescription): void {
  const known = new Set(columns.map((column) => column.name));
  const keys = [...(primaryKey === undefined ? [] : [primaryKey]), ...lists.unique];
  for (const key of keys) {
    const repeated = repeatedName(key.columns);
    if (repeated !== undefined) throw repeatedColumn(repeated.name, `a key of relation "${name}"`);
  }
  for (const { columns: named } of [...keys, ...lists.foreignKeys, ...lists.indexes, ...lists.checks]) {
    const missing = named?.find((column) => !known.has(column));
    if (missing !== undefined) throw unknownName('column', missing, `a key, index or check of relation "${name}"`);
  }
}

function readColumn(column: ColumnRegistration | KeyedColumnRegistration, findType: FindType): ColumnDescription {
  const [name, fields] = nameAndFields(column);
  if (typeof fields !== 'object' || fields === null) throw invalidColumn(`column "${name}" is not described`);
  const reader = new RowReader({ ...fields, name }, method);
  const type = reader.value('type');
  const nullable = reader.value('nullable');
  if (typeof type !== 'string') throw invalidColumn(`column "${name}" is missing type`);
  if (typeof nullable !== 'boolean') throw invalidColumn(`column "${name}" is missing nullable`);
  const found = findType(type);
  if (found === undefined) throw unknownType(type);
  return { ...readColumnFacts(reader), nullable, type: found };
}

function nameAndFields(column: unknown): readonly [name: string, fields: unknown] {
  const fields = typeof column === 'object' && column !== null ? column : {};
  if ('name' in fields && typeof fields.name === 'string') return [fields.name, fields];
  const [entry, ...more] = Object.entries(fields);
  if (entry === undefined || more.length > 0) throw invalidColumn('each column must be a single-key object');
  return entry;
}

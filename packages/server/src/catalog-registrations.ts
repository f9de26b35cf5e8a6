import { RiffqError } from './errors.js';

/** A column of a registered table: a type of `toArrow`, or any PostgreSQL type name. */
export interface ColumnRegistration {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** A column in the Python original's form: one key, the column's name. */
export type KeyedColumnRegistration = Readonly<Record<string, { readonly type: string; readonly nullable: boolean }>>;

type Tables = Map<string, readonly ColumnRegistration[]>;

/** What `registerDatabase`, `registerSchema` and `registerTable` were told, checked at the call. */
export class CatalogRegistrations {
  readonly #databases = new Map<string, Map<string, Tables>>();

  /** Schemas and tables by database, as far as they are known. */
  get databases(): ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, readonly ColumnRegistration[]>>> {
    return this.#databases;
  }

  registerDatabase(database: string): void {
    if (!this.#databases.has(database)) this.#databases.set(database, new Map());
  }

  registerSchema(database: string, schema: string): void {
    const schemas = this.#schemasOf(database);
    if (!schemas.has(schema)) schemas.set(schema, new Map());
  }

  registerTable(
    database: string,
    schema: string,
    table: string,
    columns: readonly (ColumnRegistration | KeyedColumnRegistration)[],
  ): void {
    const tables = this.#schemasOf(database).get(schema);
    if (tables === undefined) throw unknownParent('schema', schema, 'registerSchema');
    const checked = columns.map((column) => checkColumn(table, column));
    const names = checked.map((column) => column.name);
    const repeated = names.find((name, at) => names.indexOf(name) !== at);
    if (repeated !== undefined) throw invalidColumn(table, `column "${repeated}" is given twice`);
    if (!tables.has(table)) tables.set(table, checked);
  }

  #schemasOf(database: string): Map<string, Tables> {
    const schemas = this.#databases.get(database);
    if (schemas === undefined) throw unknownParent('database', database, 'registerDatabase');
    return schemas;
  }
}

function checkColumn(table: string, column: ColumnRegistration | KeyedColumnRegistration): ColumnRegistration {
  const entries = typeof column === 'object' ? Object.entries(column ?? {}) : [];
  if (typeof column?.['name'] === 'string') return checkFields(table, column['name'], column);
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1)
    throw invalidColumn(table, 'each column must be a single-key object');
  return checkFields(table, entry[0], entry[1]);
}

function checkFields(table: string, name: string, fields: unknown): ColumnRegistration {
  if (typeof fields !== 'object' || fields === null) throw invalidColumn(table, `column "${name}" is not described`);
  const type = 'type' in fields ? fields.type : undefined;
  const nullable = 'nullable' in fields ? fields.nullable : undefined;
  if (typeof type !== 'string') throw invalidColumn(table, `column "${name}" is missing type`);
  if (typeof nullable !== 'boolean') throw invalidColumn(table, `column "${name}" is missing nullable`);
  return { name, type, nullable };
}

function invalidColumn(table: string, problem: string): RiffqError {
  return new RiffqError('RIFFQ_ERR_CATALOG_REGISTRATION', `table "${table}": ${problem}`);
}

function unknownParent(kind: string, name: string, remedy: string): RiffqError {
  return new RiffqError(
    'RIFFQ_ERR_CATALOG_REGISTRATION',
    `${kind} "${name}" has not been registered: call ${remedy} first`,
  );
}

import { isPgError } from '@riffq/wire';
import { keptName, longestName } from '../clip-name.js';
import { builtInsNow } from '../content-rows/built-ins.js';
import { builtInType } from '../content-rows/replaced-built-in.js';
import type { DatabaseContent, DatabaseEntry } from '../database-content.js';
import {
  CatalogRegistrationError,
  noName,
  registeredAsOne,
  unregisteredParent,
} from '../errors/registration-errors.js';
import { unknownDatabase } from '../errors/statement-errors.js';
import { buildContent } from '../source/build-content.js';
import type { ContentSource } from '../source/content-source.js';
import type { RelationDescription, SchemaDescription, TypeReference } from '../source/descriptions.js';
import { OidAllocator } from './oid-allocator.js';
import { readDomains, readSchemaFacts, type SchemaFacts } from './read-schema-registration.js';
import { readTable } from './read-table-registration.js';
import type {
  ColumnRegistration,
  KeyedColumnRegistration,
  SchemaRegistration,
  TableRegistration,
} from './registrations.js';
import { type ResolvedType, resolveType } from './resolve-type.js';

/** A schema as it has been registered so far. */
interface RegisteredSchema {
  readonly facts: SchemaFacts;
  readonly tables: Map<string, RelationDescription>;
}

type NamedType = Extract<ResolvedType, { kind: 'named' }>;

type Schemas = Map<string, RegisteredSchema>;

/** PostgreSQL makes this one with every database. */
const firstSchema = 'public';

/**
 * What `registerDatabase`, `registerSchema` and `registerTable` were told, checked at the call. OIDs follow from names, so
 * that they are the same whatever the order of calls, and after a restart.
 *
 * @example
 * const registry = new CatalogRegistry();
 * registry.registerDatabase('shop');
 * registry.registerTable('shop', 'public', 'orders', [{ name: 'id', type: 'int', nullable: false }]);
 */
export class CatalogRegistry implements ContentSource {
  readonly #databases = new Map<string, Schemas>();
  readonly #contents = new Map<string, Promise<DatabaseContent>>();

  /** The names of the databases, in the order of their registration. */
  get databaseNames(): readonly string[] {
    return [...this.#databases.keys()];
  }

  /** Names a database; it has the schema `public`. A second time nothing happens. */
  registerDatabase(database: string): void {
    requireName('database', database);
    requireUncut('database', database, this.#databases);
    if (this.#databases.has(database)) return;
    this.#databases.set(database, new Map([[firstSchema, newSchema()]]));
    this.#contents.clear();
  }

  /**
   * Names a schema of a registered database. A second time only adds what is given besides the name.
   * @throws CatalogRegistrationError when the database is unknown, or what is given is not right.
   */
  registerSchema(database: string, schema: string, details: SchemaRegistration = {}): void {
    const schemas = this.#schemasOf(database);
    requireName('schema', schema);
    requireUncut('schema', schema, schemas);
    const before = schemas.get(schema) ?? newSchema();
    const facts = checked(`schema "${schema}"`, () => {
      const added = addFacts(before.facts, readSchemaFacts(details));
      // A domain may be over an enum that comes with it.
      const known = new Map(schemas).set(schema, { ...before, facts: added });
      const domains = readDomains(details, (type) => findType(known, schema, type));
      return { ...added, domains: addNew(added.domains, domains) };
    });
    schemas.set(schema, { ...before, facts });
    this.#contents.clear();
  }

  /**
   * Names a table and its columns; a table of that name stays as it was first registered.
   * @throws CatalogRegistrationError when its database or schema is unknown, or a column is not described well.
   */
  registerTable(
    database: string,
    schema: string,
    table: string,
    columns: readonly (ColumnRegistration | KeyedColumnRegistration)[],
    details: TableRegistration = {},
  ): void {
    const schemas = this.#schemasOf(database);
    const registered = schemas.get(schema);
    if (registered === undefined) throw unregisteredParent('schema', schema, 'registerSchema');
    requireName('table', table);
    const description = checked(`table "${table}"`, () =>
      readTable({ table, columns, details, findType: (type) => findType(schemas, schema, type) }),
    );
    requireUncut('table', table, registered.tables);
    if (registered.tables.has(table)) return;
    registered.tables.set(table, description);
    this.#contents.clear();
  }

  async databases(): Promise<readonly DatabaseEntry[]> {
    return this.#entries();
  }

  /** @throws PgError 3D000 for a database that has not been registered. */
  async content(database: string): Promise<DatabaseContent> {
    const schemas = this.#databases.get(database);
    if (schemas === undefined) throw unknownDatabase(database, this.databaseNames);
    let content = this.#contents.get(database);
    if (content === undefined) {
      content = this.#build(database, schemas);
      this.#contents.set(database, content);
    }
    return content;
  }

  #entries(): readonly DatabaseEntry[] {
    const oids = new OidAllocator();
    return [...this.databaseNames]
      .sort()
      .map((name) => ({ oid: oids.settle(undefined, 'db', name), name, owner: null }));
  }

  #build(database: string, schemas: Schemas): Promise<DatabaseContent> {
    const described = [...schemas].map(
      ([name, { facts, tables }]): SchemaDescription => ({
        oid: undefined,
        name,
        owner: null,
        ...facts,
        relations: [...tables.values()],
      }),
    );
    return buildContent({ name: database, databases: this.#entries(), schemas: described, config: [], settings: [] });
  }

  #schemasOf(database: string): Schemas {
    const schemas = this.#databases.get(database);
    if (schemas === undefined) throw unregisteredParent('database', database, 'registerDatabase');
    return schemas;
  }
}

/** @throws CatalogRegistrationError for what is no name: programs without types give anything. */
function requireName(kind: string, name: unknown): void {
  if (typeof name !== 'string' || /[\0\p{Surrogate}]/u.test(name)) throw noName(kind, name);
}

/** @throws CatalogRegistrationError when another one has the same name, once both are cut. */
function requireUncut(kind: string, name: string, registered: ReadonlyMap<string, unknown>): void {
  const kept = keptName(name);
  // Only a name that fills all bytes can be what is left of another.
  if (Buffer.byteLength(kept) < longestName - 3 || registered.has(name)) return;
  for (const before of registered.keys()) if (keptName(before) === kept) throw registeredAsOne(kind, before, name);
}

function newSchema(): RegisteredSchema {
  return { facts: { comment: null, enums: [], domains: [], sequences: [] }, tables: new Map() };
}

function addFacts(known: SchemaFacts, more: SchemaFacts): SchemaFacts {
  return {
    comment: more.comment ?? known.comment,
    enums: addNew(known.enums, more.enums),
    domains: known.domains,
    sequences: addNew(known.sequences, more.sequences),
  };
}

function addNew<T extends { readonly name: string }>(known: readonly T[], more: readonly T[]): readonly T[] {
  return [...known, ...more.filter(({ name }) => !known.some((item) => item.name === name))];
}

/** Finds a type by name: an enum or domain of the schema that is written, of the table's own, or of `public`, or a built-in one. */
function findType(schemas: Schemas, own: string, text: string): TypeReference | undefined {
  const resolved = resolveType(text);
  if (resolved.kind === 'oid') return resolved;
  for (const schema of resolved.schema === undefined ? [own, firstSchema] : [resolved.schema]) {
    const { enums = [], domains = [] } = schemas.get(schema)?.facts ?? {};
    if ([...enums, ...domains].some(({ name }) => name === resolved.name)) return { ...resolved, schema };
  }
  return findBuiltIn(resolved);
}

/** A type of PostgreSQL's own that has no keyword: a row type, a domain of information_schema. */
function findBuiltIn({ schema = 'pg_catalog', name, array, dimensions }: NamedType): TypeReference | undefined {
  const typeOid = builtInType(schema, array ? `_${name}` : name, builtInsNow());
  if (typeOid === undefined) return undefined;
  return { kind: 'oid', typeOid, typeModifier: -1, ...(dimensions !== undefined && { dimensions }) };
}

/** What is wrong with a registration is the program's mistake, not a client's. */
function checked<T>(what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!isPgError(error)) throw error;
    throw new CatalogRegistrationError(`${what}: ${error.message}`, { cause: error });
  }
}

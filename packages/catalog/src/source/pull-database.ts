import { tracingChannel } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import type { DatabaseEntry, NamedValue } from '../database-content.js';
import { unknownDatabase } from '../errors.js';
import { askSource, type SourceCall } from './ask-source.js';
import { type BuiltContent, buildWhole } from './build-content.js';
import { CallLimit } from './call-limit.js';
import type { ColumnDescription, RelationDescription, SchemaDescription } from './descriptions.js';
import { KnownRows } from './known-rows.js';
import type { LazyCatalogSource, PullContext } from './lazy-catalog-source.js';
import { ObjectRegistry } from './object-registry.js';
import { type RelationReading, readColumn, readRelation } from './read-relation.js';
import { readSchema } from './read-schema.js';
import { RowReader } from './row-reader.js';
import { TimeSlice } from './time-slice.js';
import { updateContent } from './update-content.js';

/** Calls of a source that run at once: enough to hide the way to another machine, too few to overwhelm it. */
const callsAtOnce = 16;

/** A catalog that is asked for all that a database has: `tracing:riffq:catalog-pull:*`. */
export interface CatalogPullTrace {
  readonly database: string;
  /** Milliseconds; undefined until the end. */
  duration?: number;
}

const pullChannel = tracingChannel<CatalogPullTrace>('riffq:catalog-pull');

/** What a pull leaves to the next one of the same database, so that what has not changed is not made again. */
export interface PulledDatabase {
  readonly built: BuiltContent;
  readonly schemas: ReadonlyMap<string, KnownSchema>;
}

/** The rows of a schema as they were read. */
interface KnownSchema {
  readonly relations: KnownRows<RelationReading>;
  readonly columns: KnownRows<readonly ColumnDescription[]>;
  /** Those that have a token, by name. */
  readonly versions: Map<string, KnownVersion>;
}

interface KnownVersion {
  readonly version: unknown;
  readonly relation: RelationDescription;
}

/** Asks a source for its databases. */
export async function pullDatabases(source: LazyCatalogSource, signal: AbortSignal): Promise<readonly DatabaseEntry[]> {
  return new Pull(source, signal, undefined).databases();
}

/**
 * Asks a source for all that a database has. The first thing that is wrong ends it, and tells the calls that still run.
 * `before` is what the last pull gave.
 * @throws PgError 3D000 when it has no such database, or what is wrong with a row.
 */
export function pullDatabase(
  source: LazyCatalogSource,
  database: string,
  signal: AbortSignal,
  before: PulledDatabase | undefined,
): Promise<PulledDatabase> {
  const { start, end, asyncStart, asyncEnd, error } = pullChannel;
  const listened = [start, end, asyncStart, asyncEnd, error].some((channel) => channel.hasSubscribers);
  if (!listened) return pull(source, database, signal, before);
  const event: CatalogPullTrace = { database };
  const begun = performance.now();
  const timed = (): Promise<PulledDatabase> =>
    pull(source, database, signal, before).finally(() => {
      event.duration = performance.now() - begun;
    });
  return pullChannel.tracePromise(timed, event);
}

async function pull(
  source: LazyCatalogSource,
  database: string,
  signal: AbortSignal,
  before: PulledDatabase | undefined,
): Promise<PulledDatabase> {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  // Every call listens, and so may the source: Node would take so many for a leak.
  setMaxListeners(0, either);
  try {
    return await new Pull(source, either, before).database(database);
  } catch (error) {
    ending.abort(error);
    throw error;
  }
}

class Pull {
  readonly #source: LazyCatalogSource;
  readonly #context: PullContext;
  readonly #limit = new CallLimit(callsAtOnce);
  readonly #slice = new TimeSlice();
  readonly #before: PulledDatabase | undefined;
  readonly #known = new Map<string, KnownSchema>();

  constructor(source: LazyCatalogSource, signal: AbortSignal, before: PulledDatabase | undefined) {
    this.#source = source;
    this.#before = before;
    this.#context = { signal };
  }

  async databases(): Promise<readonly DatabaseEntry[]> {
    const rows = await this.#ask('databases', [], (deliver) => this.#source.databases(deliver, this.#context));
    const seen = new ObjectRegistry();
    return rows.map((row) => {
      const reader = new RowReader(row, 'databases');
      const entry = { oid: reader.oid('oid'), name: reader.text('name'), owner: reader.optionalOid('datdba') ?? null };
      seen.add('pg_database', ['datname'], [entry.name]);
      seen.add('pg_database', ['oid'], [entry.oid]);
      return entry;
    });
  }

  async database(name: string): Promise<PulledDatabase> {
    const databases = await this.databases();
    if (!databases.some((database) => database.name === name)) {
      const available = databases.map((database) => database.name);
      throw unknownDatabase(name, available);
    }
    const [schemas, config, settings] = await Promise.all([
      this.#schemas(name),
      this.#namedValues('config'),
      this.#namedValues('settings'),
    ]);
    const description = { name, databases, schemas, config, settings };
    const updated = this.#before && updateContent(this.#before.built, description);
    return { built: updated ?? (await buildWhole(description)), schemas: this.#known };
  }

  async #schemas(database: string): Promise<readonly SchemaDescription[]> {
    const rows = await this.#ask('schemas', [database], (deliver) =>
      this.#source.schemas(database, deliver, this.#context),
    );
    return Promise.all(
      rows
        .map(readSchema)
        .map(async (schema) => ({ ...schema, relations: await this.#relations(database, schema.name) })),
    );
  }

  async #relations(database: string, schema: string): Promise<readonly RelationDescription[]> {
    const rows = await this.#ask('relations', [database, schema], (deliver) =>
      this.#source.relations(database, schema, deliver, this.#context),
    );
    const before = this.#before?.schemas.get(schema);
    const known: KnownSchema = {
      relations: new KnownRows(before?.relations),
      columns: new KnownRows(before?.columns),
      versions: new Map(),
    };
    this.#known.set(schema, known);
    const relations = await this.#slice.map(rows, (row) => {
      const same = sameVersion(row, before);
      if (same === undefined) return known.relations.read(field(row, 'name'), row, readRelation);
      known.versions.set(same.relation.name, same);
      return same.relation;
    });
    // Without this, a hundred thousand promises for what is at hand.
    const complete = relations.every(hasColumns)
      ? relations
      : await Promise.all(
          relations.map(async (relation) =>
            hasColumns(relation)
              ? relation
              : withColumns(relation, await this.#columns(database, schema, relation.name, known.columns)),
          ),
        );
    for (const [at, relation] of complete.entries()) {
      const version = known.versions.has(relation.name) ? undefined : field(rows[at], 'version');
      if (version !== undefined) known.versions.set(relation.name, { version, relation });
    }
    return complete;
  }

  async #columns(
    database: string,
    schema: string,
    relation: string,
    known: KnownSchema['columns'],
  ): Promise<readonly ColumnDescription[]> {
    const rows = await this.#ask('columns', [database, schema, relation], (deliver) =>
      this.#source.columns(database, schema, relation, deliver, this.#context),
    );
    return known.read(relation, rows, (columns) => columns.map(readColumn));
  }

  async #namedValues(method: 'config' | 'settings'): Promise<readonly NamedValue[]> {
    const rows = await this.#ask(method, [], (deliver) => this.#source[method]?.(deliver, this.#context) ?? []);
    const seen = new ObjectRegistry();
    return rows.map((row) => {
      const reader = new RowReader(row, method);
      const value = { name: reader.text('name'), setting: reader.text('setting') };
      seen.add(`pg_${method}`, ['name'], [value.name]);
      return value;
    });
  }

  #ask(method: string, parameters: readonly string[], run: SourceCall['run']): Promise<readonly unknown[]> {
    return this.#limit.run(async () => {
      // A source that answers at once would keep everybody else waiting.
      if (this.#slice.isOver) await this.#slice.next();
      return askSource({ method, parameters, run }, this.#context.signal);
    });
  }
}

function hasColumns(relation: RelationReading): relation is RelationDescription {
  return relation.columns !== undefined;
}

/** A field of a row that may not be one. */
function field(row: unknown, name: string): unknown {
  return typeof row === 'object' && row !== null ? (Reflect.get(row, name) ?? undefined) : undefined;
}

/** The relation as it was, if the source says by its token that it still is; one with another OID is another one. */
function sameVersion(row: unknown, before: KnownSchema | undefined): KnownVersion | undefined {
  const version = field(row, 'version');
  const known = version === undefined ? undefined : before?.versions.get(String(field(row, 'name')));
  return known?.version === version && known?.relation.oid === field(row, 'oid') ? known : undefined;
}

const joined = new WeakMap<RelationReading, RelationDescription>();

/** The same relation with the same columns is the same object. */
function withColumns(relation: RelationReading, columns: readonly ColumnDescription[]): RelationDescription {
  const before = joined.get(relation);
  if (before?.columns === columns) return before;
  const description = { ...relation, columns };
  joined.set(relation, description);
  return description;
}

import { tracingChannel } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import type { DatabaseContent, DatabaseEntry, NamedValue } from '../database-content.js';
import { unknownDatabase } from '../errors.js';
import { askSource, type SourceCall } from './ask-source.js';
import { buildContent } from './build-content.js';
import { CallLimit } from './call-limit.js';
import type { ColumnDescription, RelationDescription, SchemaDescription } from './descriptions.js';
import type { LazyCatalogSource, PullContext } from './lazy-catalog-source.js';
import { ObjectRegistry } from './object-registry.js';
import { type RelationReading, readColumn, readRelation } from './read-relation.js';
import { readSchema } from './read-schema.js';
import { RowReader } from './row-reader.js';
import { TimeSlice } from './time-slice.js';

/** Calls of a source that run at once: enough to hide the way to another machine, too few to overwhelm it. */
const callsAtOnce = 16;

/** A catalog that is asked for all that a database has: `tracing:riffq:catalog-pull:*`. */
export interface CatalogPullTrace {
  readonly database: string;
  /** Milliseconds; undefined until the end. */
  duration?: number;
}

const pullChannel = tracingChannel<CatalogPullTrace>('riffq:catalog-pull');

/** Asks a source for its databases. */
export async function pullDatabases(source: LazyCatalogSource, signal: AbortSignal): Promise<readonly DatabaseEntry[]> {
  return new Pull(source, signal).databases();
}

/**
 * Asks a source for all that a database has. The first thing that is wrong ends it, and tells the calls that still run.
 * @throws PgError 3D000 when it has no such database, or what is wrong with a row.
 */
export function pullDatabase(
  source: LazyCatalogSource,
  database: string,
  signal: AbortSignal,
): Promise<DatabaseContent> {
  const { start, end, asyncStart, asyncEnd, error } = pullChannel;
  const listened = [start, end, asyncStart, asyncEnd, error].some((channel) => channel.hasSubscribers);
  if (!listened) return pull(source, database, signal);
  const event: CatalogPullTrace = { database };
  const begun = performance.now();
  const timed = (): Promise<DatabaseContent> =>
    pull(source, database, signal).finally(() => {
      event.duration = performance.now() - begun;
    });
  return pullChannel.tracePromise(timed, event);
}

async function pull(source: LazyCatalogSource, database: string, signal: AbortSignal): Promise<DatabaseContent> {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  // Every call listens, and so may the source: Node would take so many for a leak.
  setMaxListeners(0, either);
  try {
    return await new Pull(source, either).content(database);
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

  constructor(source: LazyCatalogSource, signal: AbortSignal) {
    this.#source = source;
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

  async content(name: string): Promise<DatabaseContent> {
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
    return buildContent({ name, databases, schemas, config, settings });
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
    const relations = await this.#slice.map(rows, readRelation);
    // Without this, a hundred thousand promises for what is at hand.
    if (relations.every(hasColumns)) return relations;
    return Promise.all(
      relations.map(async (relation) =>
        hasColumns(relation)
          ? relation
          : { ...relation, columns: await this.#columns(database, schema, relation.name) },
      ),
    );
  }

  async #columns(database: string, schema: string, relation: string): Promise<readonly ColumnDescription[]> {
    const rows = await this.#ask('columns', [database, schema, relation], (deliver) =>
      this.#source.columns(database, schema, relation, deliver, this.#context),
    );
    return rows.map(readColumn);
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

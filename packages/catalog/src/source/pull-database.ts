import { tracingChannel } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import type { DatabaseEntry, NamedValue } from '../database-content.js';
import { sourceFailed } from '../errors/source-errors.js';
import { unknownDatabase } from '../errors/statement-errors.js';
import { askSource, type SourceCall } from './ask-source.js';
import { type BuiltContent, buildWhole } from './build-content.js';
import { CallLimit } from './call-limit.js';
import type { RelationDescription, SchemaDescription } from './descriptions.js';
import { type KnownRelation, KnownRelations } from './known-relations.js';
import type { LazyCatalogSource, PullContext } from './lazy-catalog-source.js';
import { ObjectRegistry } from './object-registry.js';
import { readColumn } from './read-column.js';
import { readSchema } from './read-schema.js';
import { RowReader } from './row-reader.js';
import { sameColumns } from './same-column.js';
import { takesArgument } from './takes-argument.js';
import { TimeSlice } from './time-slice.js';
import { updateContent } from './update-content.js';

/** Calls of a source that run at once: enough to hide the way to another machine, too few to overwhelm it. */
const callsAtOnce = 16;

type Method = 'databases' | 'schemas' | 'relations' | 'columns' | 'config' | 'settings';

/** A method that a source need not have. */
const none = (): readonly [] => [];

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
  readonly schemas: ReadonlyMap<string, KnownRelations>;
}

/** Asks a source for its settings. */
export function pullSettings(source: LazyCatalogSource, signal: AbortSignal): Promise<readonly NamedValue[]> {
  return new Pull(source, signal, undefined).settings();
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
  readonly #known = new Map<string, KnownRelations>();
  /** Whether they take a callback. */
  readonly #methods = new Map<Method, boolean>();

  constructor(source: LazyCatalogSource, signal: AbortSignal, before: PulledDatabase | undefined) {
    this.#source = source;
    this.#before = before;
    this.#context = { signal };
  }

  async databases(): Promise<readonly DatabaseEntry[]> {
    const rows = await this.#ask('databases', [], (deliver) => this.#source.databases(deliver, this.#context));
    const seen = new ObjectRegistry();
    return this.#read('databases', [], rows, (row) => {
      const reader = new RowReader(row, 'databases');
      const entry = { oid: reader.oid('oid'), name: reader.text('name'), owner: reader.optionalOid('datdba') ?? null };
      seen.add('pg_database', ['datname'], [entry.name]);
      seen.add('pg_database', ['oid'], [entry.oid]);
      return entry;
    });
  }

  settings(): Promise<readonly NamedValue[]> {
    return this.#namedValues('settings');
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
    const schemas = await this.#read('schemas', [database], rows, readSchema);
    return Promise.all(
      schemas.map(async (schema) => ({ ...schema, relations: await this.#relations(database, schema.name) })),
    );
  }

  async #relations(database: string, schema: string): Promise<readonly RelationDescription[]> {
    const rows = await this.#ask('relations', [database, schema], (deliver) =>
      this.#source.relations(database, schema, deliver, this.#context),
    );
    const known = new KnownRelations(this.#before?.schemas.get(schema));
    this.#known.set(schema, known);
    await this.#named(
      'relations',
      [database, schema],
      this.#slice.each(rows, (row) => known.read(row)),
    );
    // Without this, a hundred thousand promises for what is at hand.
    await Promise.all(known.incomplete.map((relation) => this.#addColumns(database, schema, relation)));
    return known.relations();
  }

  /** The same relation with the same columns is the same object. */
  async #addColumns(database: string, schema: string, known: KnownRelation): Promise<void> {
    const { name } = known.reading;
    const rows = await this.#ask('columns', [database, schema, name], (deliver) =>
      this.#source.columns(database, schema, name, deliver, this.#context),
    );
    const before = known.relation ?? known.before;
    known.relation =
      before !== undefined && sameColumns(rows, before.columns)
        ? before
        : { ...known.reading, columns: await this.#read('columns', [database, schema, name], rows, readColumn) };
  }

  async #namedValues(method: 'config' | 'settings'): Promise<readonly NamedValue[]> {
    const rows = await this.#ask(method, [], (deliver) => this.#source[method]?.(deliver, this.#context) ?? []);
    const seen = new ObjectRegistry();
    return this.#read(method, [], rows, (row) => {
      const reader = new RowReader(row, method);
      const value = { name: reader.text('name'), setting: reader.text('setting') };
      seen.add(`pg_${method}`, ['name'], [value.name]);
      return value;
    });
  }

  /** Reads the rows of a call. */
  #read<Row>(
    method: Method,
    parameters: readonly string[],
    rows: readonly unknown[],
    read: (row: unknown) => Row,
  ): Promise<readonly Row[]> {
    return this.#named(method, parameters, this.#slice.map(rows, read));
  }

  /** Says whose rows they are if these cannot be read. A field may be a getter, and fail. */
  async #named<T>(method: Method, parameters: readonly string[], reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      throw sourceFailed(method, parameters, error);
    }
  }

  /** The callback comes behind what a method is asked about. */
  #takesCallback(method: Method, position: number): boolean {
    let takes = this.#methods.get(method);
    if (takes === undefined) {
      takes = takesArgument(this.#source[method] ?? none, position);
      this.#methods.set(method, takes);
    }
    return takes;
  }

  #ask(method: Method, parameters: readonly string[], run: SourceCall['run']): Promise<readonly unknown[]> {
    const takesCallback = this.#takesCallback(method, parameters.length);
    return this.#limit.run(async () => {
      // A source that answers at once would keep everybody else waiting.
      if (this.#slice.isOver) await this.#slice.next();
      return askSource({ method, parameters, takesCallback, run }, this.#context.signal);
    });
  }
}

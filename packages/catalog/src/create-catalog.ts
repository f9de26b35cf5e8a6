import { fileURLToPath } from 'node:url';
import type { Format } from '@riffq/wire';
import type { CatalogResult } from './catalog-result.js';
import type { CatalogSession, StatementClock } from './catalog-session.js';
import { builtIns } from './content-rows/built-ins.js';
import { planWrite } from './content-rows/plan-write.js';
import { requireNames } from './content-rows/require-names.js';
import type { DatabaseContent } from './database-content.js';
import { duration } from './duration.js';
import { DatabaseEngines, type EngineAt } from './engine/database-engines.js';
import { Engine, type EngineLimits, type StatementBounds } from './engine/engine.js';
import type { EngineThreads } from './engine/engine-thread.js';
import type { ParameterBytes } from './engine/frontend-bytes.js';
import type { Offences } from './engine/offences.js';
import { ProcessThreads } from './engine/process-threads.js';
import type { StatementDescription } from './engine/read-answer.js';
import { statementSession } from './engine/statement-session.js';
import { WorkerThreads } from './engine/worker-threads.js';
import { engineFile } from './engine-files.js';
import { catalogClosed, roleIsBuiltIn } from './errors/engine-errors.js';
import { requireOwnRole } from './own-role.js';
import { requireReading } from './require-reading.js';
import { prepareParser } from './route/read-statement.js';
import type { CatalogRoute } from './route/route-statement.js';
import type { ContentSource } from './source/content-source.js';
import type { LazyCatalogSource } from './source/lazy-catalog-source.js';
import { LazySource } from './source/lazy-source.js';

/** How a catalog is run. All durations are milliseconds; `Infinity` is one without an end. */
export interface CatalogOptions {
  /**
   * Where PostgreSQL runs: in threads of this process, or in a process of its own, with flags of V8 that save memory and
   * hold for whole processes only. A program that sets these flags itself (`node --no-wasm-tier-up
   * --no-wasm-dynamic-tiering`) needs no other process.
   *
   * @defaultValue 'worker'
   */
  readonly engine?: 'worker' | 'process';
  /** What version() tells. Below 17 the catalogs also have columns that clients of that time ask for. @defaultValue '18.4' */
  readonly serverVersion?: string;
  /** After this a statement is ended, and PostgreSQL with it. @defaultValue 30000 */
  readonly statementTimeout?: number;
  /** After this a statement is ended when another has waited for a second. @defaultValue 5000 */
  readonly sharedTimeout?: number;
  /** Bytes that one PostgreSQL may use, its files, which are in memory, among them. @defaultValue 512 MiB */
  readonly memoryLimit?: number;
  /** Bytes that one answer may have. @defaultValue 64 MiB */
  readonly resultLimit?: number;
  /** A database that nobody has asked for so long gives its memory back. @defaultValue 600000 */
  readonly idleTimeout?: number;
  /** Databases that may have a PostgreSQL at once; beyond, the one asked longest ago ends. @defaultValue 8 */
  readonly engines?: number;
}

/** How a statement is run: its session, and what Bind says of parameters and results. */
export interface CatalogQueryOptions extends CatalogSession {
  /** OIDs of the types of the first parameters, 0 for what PostgreSQL shall find out. */
  readonly parameterTypes?: readonly number[];
  readonly parameterFormats?: readonly Format[];
  /**
   * What {@link routeStatement} says of this very statement, if it was asked: then it is not parsed again, and while PostgreSQL is
   * busy, maybe with what the statement is to end, another one answers it.
   */
  readonly route?: CatalogRoute;
  /** What the database has, if that was asked for already since the statement came. */
  readonly content?: DatabaseContent | undefined;
  /** None: all text; one: for all columns; else one for each. */
  readonly formats?: readonly Format[];
}

/** A catalog: PostgreSQL's own answers about what a source reports. */
export interface Catalog extends AsyncDisposable {
  /**
   * Runs one statement that reads the catalog.
   *
   * @throws PgError
   */
  query(sql: string, parameters: readonly ParameterBytes[], options: CatalogQueryOptions): Promise<CatalogResult>;
  /**
   * Tells which parameters a statement takes and which columns it gives.
   *
   * @throws PgError
   */
  describe(
    sql: string,
    options: CatalogSession & Pick<CatalogQueryOptions, 'parameterTypes' | 'route' | 'content'>,
  ): Promise<StatementDescription>;
  /** Lets nobody be a role that PostgreSQL has itself: its rights are not for clients. @throws PgError FATAL 28000 */
  requireUser(user: string): Promise<void>;
  /** What a database has now, for who has to know it before the query: that then takes it as `content`. @throws PgError */
  content(session: Pick<CatalogSession, 'database' | 'signal' | 'clock'>): Promise<DatabaseContent>;
  /** Bytes that one answer may have. */
  readonly resultLimit: number;
  /**
   * Gets ready what every PostgreSQL starts from (its code, a thread with its program), whichever database it will be of. Some 35 MiB until
   * then, and the first answer comes sooner.
   */
  prepare(): void;
  /** Starts the PostgreSQL of a database before it is asked. */
  warm(database: string): Promise<void>;
  /** Ends everything; statements that run fail. */
  close(): Promise<void>;
}

const defaultLimits: EngineLimits = {
  statementTimeout: 30_000,
  sharedTimeout: 5000,
  memoryBytes: 512 * 1024 * 1024,
  resultBytes: 64 * 1024 * 1024,
};
const defaultIdleTimeout = 600_000;
const defaultEngines = 8;
const defaultServerVersion = '18.4';
const imagePath = fileURLToPath(engineFile('image.br'));
/** One of its own for each statement: Node warns of a signal that more than ten listen to. */
const never = (): AbortSignal => new AbortController().signal;
const noClock: StatementClock = { stop: () => {}, restart: () => {} };

/**
 * Makes a catalog over what the source reports.
 *
 * @param source - a {@link CatalogRegistry}, a {@link LazySource}, or a live source, which then has the options that a LazySource has
 *   unless told otherwise
 * @throws CatalogRegistrationError when a source from JavaScript is none of these, and when an option is no such duration
 *
 * @example
 * await using catalog = createCatalog(source);
 * const result = await catalog.query('select * from pg_tables', [], { user: 'alice', database: 'shop' });
 * console.log(result.textRows());
 */
export function createCatalog(
  source: Pick<ContentSource, 'content'> | LazyCatalogSource,
  options: CatalogOptions = {},
): Catalog {
  return new EngineCatalog(hasContent(source) ? source : new LazySource(source), options);
}

function hasContent(
  source: Pick<ContentSource, 'content'> | LazyCatalogSource,
): source is Pick<ContentSource, 'content'> {
  return typeof source === 'object' && source !== null && 'content' in source && typeof source.content === 'function';
}

class EngineCatalog implements Catalog {
  readonly #source: Pick<ContentSource, 'content'>;
  readonly #threads: EngineThreads;
  readonly #engines: DatabaseEngines;
  readonly #limits: EngineLimits;
  readonly #serverVersion: string;
  /** Ends the pulls that run, and the texts that are read. */
  readonly #pending = new Set<AbortController>();
  #closed = false;

  constructor(source: Pick<ContentSource, 'content'>, options: CatalogOptions) {
    this.#source = source;
    this.#threads =
      options.engine === 'process'
        ? new ProcessThreads(engineFile('engine-host.js'))
        : new WorkerThreads(engineFile('engine-worker.js'));
    this.#limits = {
      statementTimeout: duration('statementTimeout', options.statementTimeout ?? defaultLimits.statementTimeout, 1),
      sharedTimeout: duration('sharedTimeout', options.sharedTimeout ?? defaultLimits.sharedTimeout, 1),
      memoryBytes: options.memoryLimit ?? defaultLimits.memoryBytes,
      resultBytes: options.resultLimit ?? defaultLimits.resultBytes,
    };
    this.#engines = new DatabaseEngines({
      make: (database, offences) => this.#makeEngine(database, offences),
      idleTimeout: duration('idleTimeout', options.idleTimeout ?? defaultIdleTimeout, 0),
      atMost: options.engines ?? defaultEngines,
    });
    this.#serverVersion = options.serverVersion ?? defaultServerVersion;
  }

  get resultLimit(): number {
    return this.#limits.resultBytes;
  }

  async query(
    sql: string,
    parameters: readonly ParameterBytes[],
    options: CatalogQueryOptions,
  ): Promise<CatalogResult> {
    await this.#requireReading(sql, options);
    const statement = {
      sql,
      parameters,
      parameterTypes: options.parameterTypes ?? [],
      parameterFormats: codes(options.parameterFormats),
      resultFormats: codes(options.formats),
    };
    const bounds = boundsOf(options);
    const result = await this.#use(options, bounds, ({ engine, content }) =>
      engine.query(content, statementSession(options, sql), statement, bounds),
    );
    const client = { user: options.user, host: { sessions: () => options.sessions?.() ?? [] } };
    for (const effect of result.effects) {
      if (effect.kind === 'setting' && effect.value !== null) requireOwnRole(client, effect.name, effect.value);
    }
    return result;
  }

  async describe(
    sql: string,
    options: CatalogSession & Pick<CatalogQueryOptions, 'parameterTypes' | 'route' | 'content'>,
  ): Promise<StatementDescription> {
    await this.#requireReading(sql, options);
    const statement = { sql, parameterTypes: options.parameterTypes ?? [] };
    const bounds = boundsOf(options);
    return this.#use(options, bounds, ({ engine, content }) =>
      engine.describe(content, statementSession(options, sql), statement, bounds),
    );
  }

  async content(session: Pick<CatalogSession, 'database' | 'signal' | 'clock'>): Promise<DatabaseContent> {
    const { signal, clock } = boundsOf(session);
    // What has to be pulled before PostgreSQL can start is a part of the start.
    if (!this.#engines.isUp(session.database)) clock.stop();
    const content = await this.#untilClosed(signal, (both) => this.#source.content(session.database, both));
    requireNames(content, await builtIns());
    return content;
  }

  async requireUser(user: string): Promise<void> {
    if (user.startsWith('pg_') && (await builtIns()).roleNames.has(user)) throw roleIsBuiltIn(user, 'FATAL');
  }

  /** Lets work be done with a signal that closing the catalog aborts, too: else its time limit would keep the process alive. */
  async #untilClosed<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#closed) throw catalogClosed();
    const closing = new AbortController();
    this.#pending.add(closing);
    try {
      return await work(AbortSignal.any([signal, closing.signal]));
    } finally {
      this.#pending.delete(closing);
    }
  }

  /** Makes sure that a statement only reads, unless its route says so. */
  async #requireReading(sql: string, options: CatalogSession & Pick<CatalogQueryOptions, 'route'>): Promise<void> {
    if (options.route !== undefined) return;
    await this.#untilClosed(options.signal ?? never(), (signal) => requireReading(sql, { ...options, signal }));
  }

  prepare(): void {
    if (this.#closed) throw catalogClosed();
    this.#threads.prepare();
    prepareParser();
    // Who asks first is told what is wrong with it.
    builtIns().catch(() => {});
  }

  async warm(database: string): Promise<void> {
    await this.#use({ database }, boundsOf({}), ({ engine }) => engine.warm());
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const pending of this.#pending) pending.abort(catalogClosed());
    this.#engines.close();
    await this.#threads.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Lets work be done with the engine of a database, over the content of now. */
  async #use<T>(
    given: Pick<CatalogQueryOptions, 'database' | 'route' | 'content'>,
    bounds: StatementBounds,
    work: (at: EngineAt) => Promise<T>,
  ): Promise<T> {
    if (this.#closed) throw catalogClosed();
    const content = given.content ?? (await this.content({ ...bounds, database: given.database }));
    if (this.#closed) throw catalogClosed();
    return this.#engines.use(content, given.route?.reachesSessions === true, work);
  }

  #makeEngine(database: Engine['identity'], offences: Offences): Engine {
    const majorVersion = Number.parseInt(this.#serverVersion, 10);
    return new Engine({
      threads: this.#threads,
      start: {
        database,
        version: `PostgreSQL ${this.#serverVersion} (riffq)`,
        majorVersion,
        imagePath,
        memoryLimit: this.#limits.memoryBytes,
      },
      limits: this.#limits,
      offences,
      planWrite: (before, after) => planWrite(before, after, majorVersion),
    });
  }
}

function boundsOf({ signal = never(), clock = noClock }: Pick<CatalogSession, 'signal' | 'clock'>): StatementBounds {
  return { signal, clock };
}

function codes(formats: readonly Format[] = []): readonly number[] {
  return formats.map((format) => (format === 'binary' ? 1 : 0));
}

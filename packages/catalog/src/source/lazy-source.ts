import { isPgError, sqlstate } from '@riffq/wire';
import type { DatabaseContent, DatabaseEntry, NamedValue } from '../database-content.js';
import { duration } from '../duration.js';
import { CatalogRegistrationError, noSource } from '../errors/registration-errors.js';
import { sourceFailed, sourceTimeout } from '../errors/source-errors.js';
import { orAborted } from '../or-aborted.js';
import type { ContentSource } from './content-source.js';
import type { LazyCatalogSource } from './lazy-catalog-source.js';
import { type PulledDatabase, pullDatabase, pullDatabases, pullSettings } from './pull-database.js';
import { PullQueue } from './pull-queue.js';
import { withTimeLimit } from './time-limit.js';

/** How often and how long a live source is asked. */
export interface LazyCatalogOptions {
  /** Milliseconds that an answer may be old: queries within it do not ask the source again. @defaultValue 0 */
  readonly maxAge?: number;
  /** Milliseconds that one pull may take; then those who wait for it get an error 57014; `Infinity`: no end. @defaultValue 30000 */
  readonly timeout?: number;
}

const needed = ['databases', 'schemas', 'relations', 'columns'] as const;

interface LastPull {
  /** When it began. */
  readonly at: number;
  readonly version: unknown;
  readonly pulled: PulledDatabase;
}

interface LastSettings extends Omit<LastPull, 'pulled'> {
  readonly settings: readonly NamedValue[];
}

/**
 * A live source as the engine asks it: pulls are shared, and left out where the source or `maxAge` says so.
 * @throws CatalogRegistrationError when a source from JavaScript lacks a method, and when an option is no such duration.
 */
export class LazySource implements ContentSource {
  readonly #source: LazyCatalogSource;
  readonly #maxAge: number;
  readonly #timeout: number;
  readonly #databases: PullQueue<readonly DatabaseEntry[]>;
  readonly #contents = new Map<string, PullQueue<DatabaseContent>>();
  readonly settings: ContentSource['settings'];
  readonly #last = new Map<string, LastPull>();
  readonly #lastSettings = new Map<string, LastSettings>();

  constructor(source: LazyCatalogSource, options: LazyCatalogOptions = {}) {
    if (typeof source !== 'object' || source === null) throw noSource(source);
    const missing = needed.find((method) => typeof source[method] !== 'function');
    if (missing !== undefined) {
      throw new CatalogRegistrationError(`the catalog source has no method "${missing}"`);
    }
    this.#source = source;
    this.#maxAge = duration('maxAge', options.maxAge ?? 0, 0);
    this.#timeout = duration('timeout', options.timeout ?? 30_000, 1);
    this.#databases = this.#queue((signal) => pullDatabases(source, signal));
    const settings = this.#queue((signal) => pullSettings(source, signal));
    if (source.settings !== undefined) {
      this.settings = (database, signal) => this.#settingsOf(database, settings, signal);
    }
  }

  databases(signal: AbortSignal): Promise<readonly DatabaseEntry[]> {
    return this.#databases.pull(signal);
  }

  async content(database: string, signal: AbortSignal): Promise<DatabaseContent> {
    const last = this.#last.get(database);
    if (last !== undefined && performance.now() - last.at < this.#maxAge) return contentOf(last);
    let queue = this.#contents.get(database);
    if (queue === undefined) {
      queue = this.#queue((pullSignal) => this.#pull(database, pullSignal));
      this.#contents.set(database, queue);
    }
    return queue.pull(signal);
  }

  /** The settings of the last pull, of these alone or of all, where the source or `maxAge` says that they still hold. */
  async #settingsOf(
    database: string,
    queue: PullQueue<readonly NamedValue[]>,
    signal: AbortSignal,
  ): Promise<readonly NamedValue[]> {
    const at = performance.now();
    const pulls = [this.#lastSettings.get(database), this.#lastContent(database)].filter((last) => last !== undefined);
    const recent = pulls.find((last) => at - last.at < this.#maxAge);
    if (recent !== undefined) return recent.settings;
    // Asked before the pull: what changes meanwhile is seen by the next one.
    const version = await orAborted(this.#version(database), signal);
    const same = version === undefined ? undefined : pulls.find((last) => last.version === version);
    if (same !== undefined) return same.settings;
    const settings = await queue.pull(signal);
    this.#lastSettings.set(database, { at, version, settings });
    return settings;
  }

  #lastContent(database: string): LastSettings | undefined {
    const last = this.#last.get(database);
    return last && { at: last.at, version: last.version, settings: contentOf(last).settings };
  }

  #queue<T>(run: (signal: AbortSignal) => Promise<T>): PullQueue<T> {
    const reason = (): unknown => sourceTimeout(this.#timeout);
    return new PullQueue((signal) => withTimeLimit(run, { milliseconds: this.#timeout, signal, reason }));
  }

  async #pull(database: string, signal: AbortSignal): Promise<DatabaseContent> {
    const at = performance.now();
    const last = this.#last.get(database);
    // Asked before the pull: what changes meanwhile is seen by the next one.
    const version = await orAborted(this.#version(database), signal);
    const unchanged = version !== undefined && last?.version === version;
    const pulled = unchanged ? last.pulled : await this.#pullAll(database, signal);
    const now = { at, version, pulled };
    this.#last.set(database, now);
    return contentOf(now);
  }

  async #pullAll(database: string, signal: AbortSignal): Promise<PulledDatabase> {
    try {
      return await pullDatabase(this.#source, database, signal, this.#last.get(database)?.pulled);
    } catch (error) {
      // Nothing is kept for databases that are gone, or that a client has made up.
      if (isPgError(error) && error.sqlstate === sqlstate.invalid_catalog_name) {
        this.#last.delete(database);
        this.#lastSettings.delete(database);
        this.#contents.delete(database);
      }
      throw error;
    }
  }

  async #version(database: string): Promise<string | number | undefined> {
    try {
      // Null is no version, as undefined is none.
      return (await this.#source.version?.(database)) ?? undefined;
    } catch (error) {
      throw sourceFailed('version', [database], error);
    }
  }
}

function contentOf({ pulled }: LastPull): DatabaseContent {
  return pulled.built.content;
}

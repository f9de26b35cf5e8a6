import type { DatabaseContent } from '../database-content.js';
import { tooManyEngines } from '../errors/engine-errors.js';
import { databaseNotListed } from '../errors/statement-errors.js';
import type { Engine } from './engine.js';
import { Offences } from './offences.js';
import { SecondEngine } from './second-engine.js';

/** Milliseconds that what ends other statements waits for PostgreSQL before another one answers it. */
const soon = 250;

/** An engine, how many use it, and the timer that stops it when nobody has for long. */
interface Housed {
  readonly engine: Engine;
  users: number;
  idle: NodeJS.Timeout | undefined;
  /** Answers what cannot wait for the first one. */
  readonly second: SecondEngine;
}

/** What a statement is asked of. */
export interface EngineAt {
  readonly engine: Engine;
  readonly content: DatabaseContent;
}

/** How engines are made, and kept. */
interface Options {
  readonly make: (database: Engine['identity'], offences: Offences) => Engine;
  /** Milliseconds. */
  readonly idleTimeout: number;
  readonly atMost: number;
}

/** The engines of a catalog: one for each database in use, made on first need. */
export class DatabaseEngines {
  readonly #options: Options;
  readonly #housed = new Map<string, Housed>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether PostgreSQL runs for a database. */
  isUp(database: string): boolean {
    return this.#housed.get(database)?.engine.isUp === true;
  }

  /**
   * Lets work be done with the engine of a database, over the content of now.
   *
   * @param reachesSessions - it ends what other sessions do, or tells it, and must not wait for that
   * @throws PgError 3D000, 53300
   */
  async use<T>(content: DatabaseContent, reachesSessions: boolean, work: (at: EngineAt) => Promise<T>): Promise<T> {
    const housed = this.#house(content);
    const { engine } = housed;
    clearTimeout(housed.idle);
    housed.users++;
    try {
      if (!reachesSessions || (await engine.isFreeWithin(soon))) return await work({ engine, content });
      return await housed.second.use((second) => work({ engine: second, content: { ...content, schemas: [] } }));
    } finally {
      housed.users--;
      if (housed.users === 0) {
        housed.idle = setTimeout(() => engine.stopWhenFree(), this.#options.idleTimeout).unref();
      }
    }
  }

  close(): void {
    for (const housed of this.#housed.values()) closeHoused(housed);
  }

  /** The engine of the database; one whose OID has changed needs another. */
  #house(content: DatabaseContent): Housed {
    const { name } = content;
    const oid = content.databases.find((database) => database.name === name)?.oid;
    if (oid === undefined) throw databaseNotListed(name);
    const before = this.#housed.get(name);
    if (before?.engine.identity.oid === oid) {
      // Those that were asked last come last.
      this.#housed.delete(name);
      this.#housed.set(name, before);
      return before;
    }
    if (before !== undefined) closeHoused(before);
    this.#housed.delete(name);
    this.#makeRoom();
    const offences = new Offences();
    const make = (): Engine => this.#options.make({ oid, name }, offences);
    const housed = { engine: make(), users: 0, idle: undefined, second: new SecondEngine(make) };
    this.#housed.set(name, housed);
    return housed;
  }

  /** Strangers may name any number of databases: the one that was asked longest ago gives its place. */
  #makeRoom(): void {
    const { atMost } = this.#options;
    if (this.#housed.size < atMost) return;
    for (const [name, housed] of this.#housed) {
      if (housed.users > 0) continue;
      closeHoused(housed);
      this.#housed.delete(name);
      return;
    }
    throw tooManyEngines(atMost);
  }
}

function closeHoused({ engine, idle, second }: Housed): void {
  clearTimeout(idle);
  engine.close();
  second.close();
}

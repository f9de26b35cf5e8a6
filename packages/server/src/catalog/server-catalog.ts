import {
  type Catalog,
  type CatalogOptions,
  type CatalogSession,
  type ContentSource,
  createCatalog,
  type DatabaseContent,
  type NameContext,
  type Route,
  routeStatement,
  unknownDatabase,
} from '@riffq/catalog';
import { truncateIdentifier } from '../sql/truncate-identifier.js';
import { KeptAnswers } from './kept-answers.js';
import { searchPathOf } from './search-path.js';
import { UnnamedDatabases } from './unnamed-databases.js';

/** Clients are not told that the name of a database is cut, as with PostgreSQL. */
const ignore = (): void => {};

/** The catalog of a server: who answers a statement, and what PostgreSQL's own tables answer. */
export class ServerCatalog {
  /** Whether there are databases that there are not. */
  readonly knowsDatabases: boolean;
  readonly #source: ContentSource;
  readonly #closing = new AbortController();
  /** The settings that the source has; undefined when it is none that has any. */
  readonly settings: ContentSource['settings'];
  /** What asks PostgreSQL. */
  readonly engine: Catalog;
  /** What it answered and nobody has read. */
  readonly keptAnswers: KeptAnswers;

  /** @param source - undefined where nothing was said of databases: then all are there, and empty */
  constructor(source: ContentSource | undefined, options: CatalogOptions) {
    this.knowsDatabases = source !== undefined;
    this.#source = source ?? new UnnamedDatabases();
    this.settings = this.#source.settings?.bind(this.#source);
    this.engine = createCatalog(this.#source, options);
    this.keptAnswers = new KeptAnswers(this.engine.resultLimit);
  }

  /**
   * The source's own name of a database, of which PostgreSQL, and so its clients, know no more than 63 bytes.
   *
   * @throws PgError FATAL 3D000 for a database that there is not, with a hint that names those that there are.
   */
  async databaseName(name: string, signal: AbortSignal): Promise<string> {
    const names = (await this.#source.databases(signal)).map((database) => database.name);
    const kept = truncateIdentifier(name, ignore);
    const found =
      names.find((each) => each === name) ?? names.find((each) => truncateIdentifier(each, ignore) === kept);
    if (found === undefined) throw unknownDatabase(name, names);
    return found;
  }

  /** Gets ready what PostgreSQL starts from before it is asked, and starts it where it is clear for which database. */
  async warm(signal: AbortSignal): Promise<void> {
    this.engine.prepare();
    const [only, ...more] = await this.#source.databases(AbortSignal.any([signal, this.#closing.signal]));
    if (only !== undefined && more.length === 0) await this.engine.warm(only.name);
  }

  /** Who answers a statement, and what the database has where that had to be known. */
  async route(
    sql: string,
    session: CatalogSession,
  ): Promise<{ readonly route: Route; readonly content: DatabaseContent | undefined }> {
    let content: Promise<DatabaseContent> | undefined;
    const names: NameContext = {
      searchPath: searchPathOf(session.settings?.get('search_path') ?? '', session.user),
      relationExists: async (schema, name) => {
        content ??= this.engine.content(session);
        const { schemas } = await content;
        const found = schemas.find((candidate) => candidate.name === schema);
        return found?.relations.some((relation) => relation.name === name) ?? false;
      },
    };
    const route = await routeStatement(sql, names, session);
    // Its clock may stand since the content was asked for, and PostgreSQL will not be waited for.
    if (route.kind === 'handler') session.clock?.restart();
    return { route, content: await content };
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.engine.close();
  }
}

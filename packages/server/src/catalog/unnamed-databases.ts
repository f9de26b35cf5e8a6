import { CatalogRegistry, type ContentSource, type DatabaseContent } from '@riffq/catalog';

/** More than these are not kept in mind. */
const keptAtMost = 16;

/** The source of a server that nothing was registered with: a client may name any database, and finds it empty. */
export class UnnamedDatabases implements ContentSource {
  readonly #contents = new Map<string, DatabaseContent>();

  async databases(): Promise<readonly []> {
    return [];
  }

  async content(database: string): Promise<DatabaseContent> {
    let content = this.#contents.get(database);
    if (content === undefined) {
      const registry = new CatalogRegistry();
      registry.registerDatabase(database);
      content = await registry.content(database);
      for (const oldest of this.#contents.keys()) {
        if (this.#contents.size < keptAtMost) break;
        this.#contents.delete(oldest);
      }
      this.#contents.set(database, content);
    }
    return content;
  }
}

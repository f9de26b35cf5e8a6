import {
  CatalogRegistrationError,
  CatalogRegistry,
  type ContentSource,
  type LazyCatalogOptions,
  type LazyCatalogSource,
  LazySource,
} from '@riffq/catalog';
import { RiffqError } from '../errors/riffq-error.js';

/** What the host has said of its databases: registered them, or named a live source that takes their place. */
export class CatalogSetup {
  readonly #registry = new CatalogRegistry();
  #lazy: LazySource | undefined;
  /** What the server has taken its catalog from. */
  #begun: { readonly source: ContentSource | undefined } | undefined;

  /** Changes what is registered. @throws RiffqError RIFFQ_ERR_CATALOG_REGISTRATION */
  register(change: (registry: CatalogRegistry) => void): void {
    // A server that nothing was said to has let clients into any database.
    if (this.#begun !== undefined && this.#begun.source === undefined) throw tooLate('a registration');
    refusing(() => change(this.#registry));
  }

  /** @throws RiffqError RIFFQ_ERR_CATALOG_REGISTRATION when the source lacks a method, or the server has begun */
  setLazyCatalog(source: LazyCatalogSource, options: LazyCatalogOptions): void {
    if (this.#begun !== undefined) throw tooLate('setLazyCatalog');
    this.#lazy = refusing(() => new LazySource(source, options));
  }

  /** Says that the server takes its catalog from now; undefined when nothing was said. */
  begin(): ContentSource | undefined {
    const source = this.#lazy ?? (this.#registry.databaseNames.length > 0 ? this.#registry : undefined);
    this.#begun = { source };
    return source;
  }
}

function tooLate(what: string): RiffqError {
  return new RiffqError(
    'RIFFQ_ERR_CATALOG_REGISTRATION',
    `${what} comes too late: the server listens, with the catalog that it had`,
  );
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CatalogRegistrationError)) throw error;
    throw new RiffqError('RIFFQ_ERR_CATALOG_REGISTRATION', error.message, { cause: error });
  }
}

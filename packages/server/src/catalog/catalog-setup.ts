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

  /** Changes what is registered. @throws RiffqError RIFFQ_ERR_CATALOG_REGISTRATION */
  register(change: (registry: CatalogRegistry) => void): void {
    refusing(() => change(this.#registry));
  }

  /** @throws RiffqError RIFFQ_ERR_CATALOG_REGISTRATION when the source lacks a method */
  setLazyCatalog(source: LazyCatalogSource, options: LazyCatalogOptions): void {
    this.#lazy = refusing(() => new LazySource(source, options));
  }

  /** Undefined when nothing was said. */
  get source(): ContentSource | undefined {
    return this.#lazy ?? (this.#registry.databaseNames.length > 0 ? this.#registry : undefined);
  }
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CatalogRegistrationError)) throw error;
    throw new RiffqError('RIFFQ_ERR_CATALOG_REGISTRATION', error.message, { cause: error });
  }
}

import { RiffqError } from './errors.js';
import type { AnyIterable, MaybePromise } from './query-result.js';

/** A database as a lazy source reports it; OIDs are unsigned 32 bits, stable across calls. */
export interface DatabaseRow {
  readonly oid: number;
  readonly name: string;
  readonly datdba?: number;
}

/** A schema as a lazy source reports it. */
export interface SchemaRow {
  readonly oid: number;
  readonly name: string;
  readonly ownerOid?: number;
}

/** A column as a lazy source reports it. */
export interface ColumnRow {
  readonly name: string;
  readonly typeOid: number;
  readonly nullable: boolean;
  readonly typeModifier?: number;
  readonly default?: string;
}

/** A table or view as a lazy source reports it. */
export interface RelationRow {
  readonly oid: number;
  readonly reltypeOid: number;
  readonly name: string;
  readonly kind?: 'table' | 'view' | 'materialized_view' | 'matview';
  readonly ownerOid?: number;
  readonly hasIndex?: boolean;
  readonly hasRules?: boolean;
  readonly hasTriggers?: boolean;
  readonly rowSecurity?: boolean;
  /** When given, `columns()` is not called for it. */
  readonly columns?: readonly ColumnRow[];
}

/** @throws RiffqError RIFFQ_ERR_CATALOG_REGISTRATION when a source from JavaScript is none. */
export function checkCatalogSource(source: LazyCatalogSource): void {
  for (const method of ['databases', 'schemas', 'relations', 'columns'] as const) {
    if (typeof source[method] === 'function') continue;
    throw new RiffqError('RIFFQ_ERR_CATALOG_REGISTRATION', `the catalog source has no method "${method}"`);
  }
}

type Pulled<T> = MaybePromise<AnyIterable<T> | void>;
type Deliver<T> = (rows: AnyIterable<T>) => void;

/** A live catalog: each method returns its rows, or delivers them once by its callback. */
export interface LazyCatalogSource {
  databases(callback: Deliver<DatabaseRow>, context: { readonly signal: AbortSignal }): Pulled<DatabaseRow>;
  schemas(database: string, callback: Deliver<SchemaRow>, context: { readonly signal: AbortSignal }): Pulled<SchemaRow>;
  relations(
    database: string,
    schema: string,
    callback: Deliver<RelationRow>,
    context: { readonly signal: AbortSignal },
  ): Pulled<RelationRow>;
  columns(
    database: string,
    schema: string,
    relation: string,
    callback: Deliver<ColumnRow>,
    context: { readonly signal: AbortSignal },
  ): Pulled<ColumnRow>;
}

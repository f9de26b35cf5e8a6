import type { ColumnRow, DatabaseRow, RelationRow, SchemaRow, SettingRow } from './catalog-rows.js';
import type { SnakeCase } from './snake-case.js';

type AnyIterable<T> = Iterable<T> | AsyncIterable<T>;
type MaybePromise<T> = T | PromiseLike<T>;
/** A row in camelCase, or in the Python original's snake_case. */
type Either<Row> = Row | SnakeCase<Row>;

/** The rows, by return value or promise; null for none; undefined when they go to the callback, now or later. */
export type Pulled<Row> = MaybePromise<AnyIterable<Either<Row>> | null | undefined | void>;
/** Takes the rows once; whatever comes after the first is ignored. */
export type Deliver<Row> = (rows: AnyIterable<Either<Row>>) => void;
/** `signal` aborts when nobody waits for the rows any more. */
export interface PullContext {
  readonly signal: AbortSignal;
}

/**
 * A live catalog. Each method returns its rows (an iterable, an async iterable, a promise of one; null: none) or delivers them
 * by its callback. One that returns undefined, or a promise of it, and has no parameter for the callback has none. With such a
 * parameter it promises to call it: that is waited for until the callback has been collected as garbage, which means none, or
 * the pull's `timeout` is over, an error. A method may give a million rows. Every catalog query sees what was asked for after
 * it came.
 */
export interface LazyCatalogSource {
  databases(callback: Deliver<DatabaseRow>, context: PullContext): Pulled<DatabaseRow>;
  schemas(database: string, callback: Deliver<SchemaRow>, context: PullContext): Pulled<SchemaRow>;
  relations(
    database: string,
    schema: string,
    callback: Deliver<RelationRow>,
    context: PullContext,
  ): Pulled<RelationRow>;
  columns(
    database: string,
    schema: string,
    relation: string,
    callback: Deliver<ColumnRow>,
    context: PullContext,
  ): Pulled<ColumnRow>;
  /** A token that changes when anything does: as long as it stays the same, nothing else is asked for. Null: there is none. */
  version?(database: string): MaybePromise<string | number | null | undefined>;
  /** Rows of pg_config that replace or join the built-in ones. */
  config?(callback: Deliver<SettingRow>, context: PullContext): Pulled<SettingRow>;
  /** Rows of pg_settings that replace or join the built-in ones. */
  settings?(callback: Deliver<SettingRow>, context: PullContext): Pulled<SettingRow>;
}

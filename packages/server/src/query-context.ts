import type { PostgresValue } from '@riffq/arrow-helpers';
import type { FieldDescription, Format } from '@riffq/wire';
import type { Schema } from 'apache-arrow';
import type { Session } from './session.js';

/**
 * A parameter of an extended query, decoded by the Bind format code and the declared type: int2, int4, oid and floats
 * are numbers, int8 is always a bigint, bytea a Uint8Array, arrays are nested; numeric, dates, times, intervals, money, uuid,
 * addresses, ranges, geometric types, text search, jsonpath and the like are the text that PostgreSQL prints in ISO style, in
 * whatever form of PostgreSQL's they were written: the session's DateStyle, IntervalStyle and TimeZone say what that means,
 * and a timestamptz is in UTC. jsonb is in its canonical form; json is valid, and as it was written; xml is as it was
 * written, and nobody looks at it. With `copy: 'handler'`, of those who forward, dates, times and money that we cannot
 * read arrive as they were written. One that is undeclared, or of a type that is not PostgreSQL's own, is a string (text)
 * or a Uint8Array (binary).
 */
export type ParameterValue = PostgresValue;

/** What every handler of a statement is told. */
export interface StatementContext {
  readonly session: Session;
  /** Aborts on cancel, shutdown or when the client is gone; `reason` is the PgError that the client gets. */
  readonly signal: AbortSignal;
  /** Type OIDs by position, 0 for one that nobody declared. */
  readonly parameterTypes: readonly number[];
}

/** The parameters of an extended query as they came. */
export interface EncodedParameters {
  readonly values: readonly (Uint8Array | null)[];
  /** As in Bind: none stands for text, one for all parameters alike. */
  readonly formats: readonly Format[];
}

/** What `handleQuery` is told beside the statement's text. */
export interface QueryContext extends StatementContext {
  readonly args: readonly ParameterValue[];
  /** The same as `args`, not decoded: for those who forward them. */
  readonly encodedArgs: EncodedParameters;
  /** The formats that the client asks for, as in Bind: none stands for text, one for all columns alike. */
  readonly resultFormats: readonly Format[];
  /**
   * How many rows the client asks for at first, 0 for all. With a limit it may ask for more later, or never, and run other
   * statements in between.
   */
  readonly maxRows: number;
  /** Only the columns are wanted: the rows will not be read. */
  readonly describe: boolean;
  readonly protocol: 'simple' | 'extended';
}

/** What a statement takes and gives; `schema` is null when it returns no rows. */
export interface StatementDescription {
  readonly parameterTypes: readonly number[];
  readonly schema: Schema | readonly FieldDescription[] | null;
}

/** What BEGIN, SET TRANSACTION and SET SESSION CHARACTERISTICS say of a transaction. */
export interface TransactionModes {
  /** In lower case: `repeatable read`. */
  readonly isolationLevel?: string;
  readonly readOnly?: boolean;
  readonly deferrable?: boolean;
}

/**
 * BEGIN, COMMIT, ROLLBACK, SAVEPOINT ... as parsed; `implicit` ones are announced by the session, nobody typed them. Where the
 * server answers SET (`sessionStatements`), a begin has the modes that the client has made its default, too, and
 * `setTransaction` is what changes in a transaction that has begun.
 */
export type TransactionCommand = (
  | ({ readonly kind: 'begin' } & TransactionModes)
  | ({ readonly kind: 'setTransaction' } & TransactionModes)
  | { readonly kind: 'commit' | 'rollback'; readonly chain: boolean }
  | { readonly kind: 'savepoint' | 'release' | 'rollbackTo'; readonly name: string }
) & { readonly implicit: boolean; readonly sql: string };

/** Where COPY ... FROM STDIN puts its rows, as parsed. */
export interface CopyTarget {
  readonly sql: string;
  /** The table's name, with its schema and database as far as they were given. */
  readonly table: readonly string[];
  /** Null when the statement names none: all columns, in the table's order. */
  readonly columns: readonly string[] | null;
  readonly format: 'text' | 'csv' | 'binary';
}

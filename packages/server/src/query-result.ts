import type { ArrowStream, SchemaDescription } from '@riffq/arrow-helpers';
import type { ErrorFields, FieldDescription } from '@riffq/wire';
import type { RecordBatch, RecordBatchReader, Table } from 'apache-arrow';

/** A value or a promise of it. */
export type MaybePromise<T> = T | PromiseLike<T>;
/** Anything that `for await` takes. */
export type AnyIterable<T> = Iterable<T> | AsyncIterable<T>;
/** A command tag, or a function that makes it from the number of rows sent. */
export type CommandTag = string | ((count: number) => string);

/** Rows in any of the forms that a handler may answer with. A Uint8Array is an Arrow IPC stream. */
export type Rows =
  | Table
  | RecordBatch
  | RecordBatchReader
  | ArrowStream
  | AnyIterable<RecordBatch>
  | Uint8Array
  | readonly [schema: SchemaDescription, rows: Iterable<readonly unknown[]>]
  | readonly object[];

/** Values that already are PostgreSQL text (strings) or binary (bytes), null for NULL. */
export interface EncodedRows {
  readonly fields: readonly FieldDescription[];
  readonly rows: AnyIterable<readonly (Uint8Array | string | null)[]>;
  readonly tag?: CommandTag;
}

type AnswerContent =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'rows'; readonly rows: Rows; readonly tag: CommandTag }
  | ({ readonly kind: 'encodedRows' } & EncodedRows);

/** An answer other than plain rows; made by {@link tag}, {@link rows} and {@link encodedRows}. */
export class Answer {
  /** @internal */
  readonly content: AnswerContent;
  /** @internal */
  constructor(content: AnswerContent) {
    this.content = content;
  }
}

/** What a handler answers with. */
export type QueryResult = Rows | Answer;

/**
 * Answers with a command tag and no rows.
 * @example
 * return tag('INSERT 0 1');
 */
export function tag(commandTag: string): Answer {
  return new Answer({ kind: 'tag', tag: commandTag });
}

/**
 * Answers with rows whose tag is other than `SELECT n`: INSERT ... RETURNING, FETCH.
 * @example
 * return rows(table, { tag: (count) => `INSERT 0 ${count}` });
 */
export function rows(result: Rows, options: { readonly tag: CommandTag }): Answer {
  return new Answer({ kind: 'rows', rows: result, tag: options.tag });
}

/**
 * Answers with values that already are in PostgreSQL's format: what a proxy has in hand.
 * @example
 * return encodedRows({ fields: [{ name: 'n', typeOid: typeOid.int4 }], rows: [['1'], [null]] });
 */
export function encodedRows(result: EncodedRows): Answer {
  return new Answer({ kind: 'encodedRows', ...result });
}

/** The callback form of answering: the first call counts. */
export interface QueryCallback {
  (result: QueryResult): void;
  (commandTag: string, options: { readonly isTag: true }): void;
  (
    error: readonly [severity: string, sqlstate: string, message: string] | ErrorFields | Error,
    options: { readonly isError: true },
  ): void;
}

/** Answers `handleAuth` and `handleConnect`; only `true` lets the client in. */
export type BooleanCallback = (
  allowed: boolean,
  refusal?: { readonly message?: string; readonly severity?: 'ERROR' | 'FATAL'; readonly sqlstate?: string },
) => void;

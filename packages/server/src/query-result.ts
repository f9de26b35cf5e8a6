import type { ArrowStream, SchemaDescription } from '@riffq/arrow-helpers';
import type { ErrorFields, FieldDescription, Format } from '@riffq/wire';
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

/**
 * Rows that already are in PostgreSQL's format, each column in the one that its field says. Where a client asks for the
 * other format they are converted.
 */
export type EncodedRows = {
  readonly fields: readonly FieldDescription[];
  readonly tag?: CommandTag;
  /**
   * The next result of the same statement, asked for when the rows are read: what rules of another PostgreSQL add. Only a Query
   * is answered with it, between the rows and their tag.
   */
  further?(): MaybePromise<EncodedRows | undefined>;
} & (
  | {
      /** Values as text (strings) or binary (bytes), null for NULL. */
      readonly rows: AnyIterable<readonly (Uint8Array | string | null)[]>;
    }
  | {
      /** Whole DataRow messages as they came from a PostgreSQL, one or several in each piece; passed on untouched. */
      readonly dataRows: AnyIterable<Uint8Array>;
    }
);

/** COPY data for the client. */
export type CopyOut = {
  readonly format: Format;
  readonly columns: number;
  /** A function is given the number of CopyData messages. @defaultValue `COPY n` */
  readonly tag?: CommandTag;
} & (
  | {
      /** Each piece becomes a CopyData message: a row, as PostgreSQL sends them. */
      readonly data: AnyIterable<Uint8Array>;
    }
  | {
      /** Whole CopyData messages as they came from a PostgreSQL, one or several in each piece; passed on untouched. */
      readonly copyData: AnyIterable<Uint8Array>;
    }
);

/** Who takes COPY data from the client. */
export interface CopyIn {
  readonly format: Format;
  readonly columns: number;
  /**
   * Reads what the client sends, no faster than it reads on, and answers the number of rows. What it leaves unread is
   * thrown away. When the client gives up, the reading throws 57014, with the client's reason as the error's `cause`.
   */
  receive(data: AsyncIterable<Uint8Array>): MaybePromise<number>;
}

type AnswerContent =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'rows'; readonly rows: Rows; readonly tag: CommandTag }
  | ({ readonly kind: 'encodedRows' } & EncodedRows)
  | ({ readonly kind: 'copyOut' } & CopyOut)
  | ({ readonly kind: 'copyIn' } & CopyIn);

/** An answer other than plain rows; made by {@link tag}, {@link rows}, {@link encodedRows}, {@link copyOut} and {@link copyIn}. */
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
 * Answers with values that already are in PostgreSQL's format: what a proxy has in hand. Columns that the client wants in the
 * other format are converted, and a Query wants text; but what FETCH gives is as the cursor has it, which may be a binary one.
 * @example
 * return encodedRows({ fields: [{ name: 'n', typeOid: typeOid.int4 }], rows: [['1'], [null]] });
 */
export function encodedRows(result: EncodedRows): Answer {
  return new Answer({ kind: 'encodedRows', ...result });
}

/**
 * Answers with COPY data for the client, as COPY ... TO STDOUT does; for servers whose `copy` is `'handler'`.
 * @example
 * return copyOut({ format: 'text', columns: 2, data: [Buffer.from('1\\tone\\n')] });
 */
export function copyOut(copy: CopyOut): Answer {
  return new Answer({ kind: 'copyOut', ...copy });
}

/**
 * Asks the client for COPY data, as COPY ... FROM STDIN does; for servers whose `copy` is `'handler'`.
 * @example
 * return copyIn({ format: 'text', columns: 2, receive: (data) => insertLines(data) });
 */
export function copyIn(copy: CopyIn): Answer {
  return new Answer({ kind: 'copyIn', ...copy });
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

import { arrowBatch } from '@riffq/arrow-helpers';
import type { RecordBatch, Schema, Vector } from 'apache-arrow';
import type { Executor } from './executor.js';
import type {
  CopyTarget,
  QueryContext,
  StatementContext,
  StatementDescription,
  TransactionCommand,
} from './query-context.js';
import type { BooleanCallback, MaybePromise, QueryCallback, QueryResult, Rows } from './query-result.js';
import type { Session } from './session.js';

/**
 * One client's connection: subclass it, answer `handleQuery`. One object is made per client, after its start-up packet,
 * and it gets that client's statements one after another.
 * @example
 * class Connection extends BaseConnection {
 *   handleQuery(sql: string) {
 *     return toArrow([{ name: 'answer', type: 'int' }], [[42]]);
 *   }
 * }
 */
export abstract class BaseConnection implements AsyncDisposable {
  readonly connectionId: number;
  readonly executor: Executor;
  readonly session: Session;
  /**
   * Run-time settings that the session begins with where its client asks for no others, as SHOW gives them:
   * `{ search_path: 'main' }` when that is where tables are found that are named without a schema.
   */
  readonly initialSettings?: Readonly<Record<string, string>>;

  constructor(connectionId: number, context: { readonly executor: Executor; readonly session: Session }) {
    this.connectionId = connectionId;
    this.executor = context.executor;
    this.session = context.session;
  }

  /**
   * Answers one statement, by its return value or by `callback`. Throwing answers with an ErrorResponse; returning
   * `undefined` synchronously promises that `callback` will be called.
   */
  abstract handleQuery(
    sql: string,
    callback: QueryCallback,
    context: QueryContext,
  ): MaybePromise<QueryResult | undefined | void>;

  /**
   * Whether this client is asked for a password, where the method is `password`; without it, everybody is. A throw refuses
   * the client.
   */
  needsPassword?(context: { readonly session: Session; readonly signal: AbortSignal }): MaybePromise<boolean>;

  /** Decides on a user and clear-text password; while a class does not override it, nobody is asked for a password. */
  handleAuth(
    _user: string,
    _password: string,
    _host: string,
    _context: {
      readonly database: string;
      readonly callback: BooleanCallback;
      readonly session: Session;
      readonly signal: AbortSignal;
    },
  ): MaybePromise<boolean | undefined | void> {
    return true;
  }

  /**
   * What the server has to know of a user's password: the password itself; better a verifier in PostgreSQL's text form
   * (`SCRAM-SHA-256$4096:...`, `md5...`), as `scramVerifier` makes it; null when there is no such user. With it clients show
   * by SCRAM-SHA-256 that they know the password, unless the server's `authentication` says otherwise. A throw refuses the
   * client.
   */
  lookupPassword?(
    user: string,
    context: { readonly database: string; readonly session: Session; readonly signal: AbortSignal },
  ): MaybePromise<string | null>;

  /** Decides, after authentication, whether the client may come in. */
  handleConnect(
    _ip: string,
    _port: number,
    _context: {
      readonly serverName: string | null;
      readonly callback: BooleanCallback;
      readonly session: Session;
      readonly signal: AbortSignal;
    },
  ): MaybePromise<boolean | undefined | void> {
    return true;
  }

  /** Called exactly once for every connection object, when its client is gone for whatever reason. */
  handleDisconnect(_ip: string, _port: number): MaybePromise<void> {}

  /**
   * Called when the client wants the statement that runs to be cancelled, in the place of aborting its signal: for those who
   * forward that. The statement then ends as it does, and the client is told how.
   */
  handleCancel?(): MaybePromise<void>;

  /**
   * Says what a statement takes and gives, without running it. It is asked when the client wants to know, when values come whose
   * types nobody has told (not of who forwards them: `copy: 'handler'`), again when the client describes a statement again, and before each run of a described one that may write: with other columns than before it is refused (0A000), and not run.
   */
  handleDescribe?(sql: string, context: StatementContext): MaybePromise<StatementDescription>;

  /**
   * Whether the handler has a setting that the session does not know: then SET, SHOW and RESET of it go to `handleQuery`,
   * also where the server answers those (`sessionStatements`). Without this method such a name is refused (42704).
   */
  hasSetting?(name: string, context: { readonly signal: AbortSignal }): MaybePromise<boolean>;

  /**
   * Runs BEGIN, COMMIT, ROLLBACK and savepoints, also the implicit ones around several statements. Where the server answers SET
   * (`sessionStatements`), a begin has the client's default modes, too, and `setTransaction` tells of every change in a
   * transaction that has begun: a throw refuses it. In a READ ONLY one the server itself refuses what is known to write by its
   * first words (25006), so that a handler need not, temporary tables included; a function that writes is the handler's to
   * refuse. Where SET is the handler's, `handleQuery` is asked for a SET TRANSACTION with the modes of a BEGIN in an implicit
   * block that `handleTransaction` was told of.
   */
  handleTransaction?(command: TransactionCommand, context: StatementContext): MaybePromise<void>;

  /**
   * Called at Sync, outside of a block, when something was run since the last one: for those who forward to another
   * PostgreSQL, where only the commit that Sync asks for may have failed. What it throws is told behind the answers.
   */
  handleSync?(context: { readonly session: Session; readonly signal: AbortSignal }): MaybePromise<void>;

  /**
   * Called when an error has failed the client's block, unless `setTransactionStatus('E')` has said that before: for those who
   * forward to another PostgreSQL, which knows nothing of an error that the session itself has found, and would keep the
   * block's locks. Nothing of the block is rolled back by it: ROLLBACK or ROLLBACK TO comes from the client.
   */
  handleFailedBlock?(context: { readonly session: Session; readonly signal: AbortSignal }): MaybePromise<void>;

  /** Takes the rows of COPY ... FROM STDIN, as they come, and answers how many it took. A throw leaves nothing behind. */
  handleCopyIn?(
    target: CopyTarget,
    stream: { readonly schema: Schema; readonly batches: AsyncIterable<RecordBatch> },
    context: StatementContext,
  ): MaybePromise<number>;

  /** One RecordBatch out of vectors and names; throws a PgError when their numbers or lengths differ. */
  arrowBatch(values: readonly Vector[], names: readonly string[]): RecordBatch {
    return arrowBatch(values, names);
  }

  /** Answers with rows: the same as `callback(reader)`. */
  sendReader(reader: Rows, callback: QueryCallback): void {
    callback(reader);
  }

  /** Releases what the object holds, after `handleDisconnect`; override it for what a subclass opened. */
  async [Symbol.asyncDispose](): Promise<void> {}
}

/** A class whose objects are connections; the server makes one per client. */
export type ConnectionClass = new (
  connectionId: number,
  context: { readonly executor: Executor; readonly session: Session },
) => BaseConnection;

import { type DuckDBResult, ResultReturnType, StatementType } from '@duckdb/node-api';
import {
  BaseConnection,
  type CopyTarget,
  type QueryCallback,
  type QueryContext,
  type QueryResult,
  rows,
  type StatementContext,
  type StatementDescription,
  type TransactionCommand,
  type TransactionModes,
  tag,
} from '@riffq/server';
import type { DuckDBConnection } from '../duckdb-connection.js';
import { type Binding, bind, makeBindings, requireNoParameters } from '../parameters/bind-parameters.js';
import { resultColumns } from '../read/result-columns.js';
import { changedRows } from '../statement/changed-rows.js';
import { commandTag, rowsTag } from '../statement/command-tag.js';
import { describeStatement } from '../statement/describe-statement.js';
import { type PreparedStatement, prepareStatement } from '../statement/prepare-statement.js';
import { isSuccess } from '../statement/returns-rows.js';
import { mayChangeDatabase, readDetach, requireSharedDatabasesKept } from '../statement/shared-databases.js';
import type { ArrowSource } from '../write/arrow-source.js';
import { insertRows } from '../write/insert-rows.js';
import { quoteQualifiedName, quoteText } from '../write/quote-name.js';
import { FairQueue } from './fair-queue.js';
import type { NativeConnection } from './native-connection.js';
import { ResultBatches } from './result-batches.js';
import { ResultStream } from './result-stream.js';
import { firstSchema, followSearchPath } from './search-path.js';
import { type FailedStatement, streamFailure } from './stream-failure.js';
import { beginStatement, noSavepoints } from './transaction-statement.js';

type Transaction = { readonly kind: 'none' } | { readonly kind: 'open'; readonly begin: string };

const initialSettings = { search_path: firstSchema };

/** One client's connection: a connection of DuckDB of its own, opened with its first statement. */
export abstract class ClientConnection extends BaseConnection implements DuckDBConnection {
  override readonly initialSettings = initialSettings;
  /** Whoever has the turn may use the connection: a statement, or a stream that fetches. */
  readonly #turn = new FairQueue(1);
  #connection: Promise<NativeConnection> | undefined;
  #stream: ResultStream | undefined;
  #transaction: Transaction = { kind: 'none' };
  /** What the connection has been told of the client's search_path. */
  #searchPath: string = firstSchema;

  /** Opens a connection of DuckDB. */
  protected abstract connect(): Promise<NativeConnection>;

  override handleQuery(sql: string, _callback: QueryCallback, context: QueryContext): Promise<QueryResult> {
    const { signal, parameterTypes: types, args } = context;
    return this.#turn.run(async () => {
      const connection = await this.#ready(signal);
      const statement = await prepareStatement(connection, sql, { types, args }, signal);
      try {
        if (context.protocol === 'simple') requireNoParameters(statement);
        const bindings = await makeBindings(connection, statement, args, signal);
        bind(statement.native, bindings);
        const result = await this.#execute(connection, statement, signal);
        return await this.#answer(connection, statement, bindings, result, signal);
      } finally {
        statement.native.destroySync();
      }
    }, signal);
  }

  override handleDescribe(sql: string, context: StatementContext): Promise<StatementDescription> {
    const { signal, parameterTypes: types } = context;
    return this.#turn.run(async () => describeStatement(await this.#ready(signal), sql, { types }, signal), signal);
  }

  /** DuckDB's settings, and what only SHOW takes: the lists, and tables, which it describes. */
  override hasSetting(name: string, { signal }: { readonly signal: AbortSignal }): Promise<boolean> {
    return this.#turn.run(async () => {
      const connection = await this.#ready(signal);
      const [wanted, table] = [name, name.split('.').at(-1) ?? ''].map((text) => quoteText(text.toLowerCase()));
      const { rowCount } = await connection.call(
        (native) =>
          native.run(
            `SELECT name FROM (SELECT unnest(['tables', 'databases', 'schemas', 'variables']) UNION ALL SELECT name FROM duckdb_settings())
               AS names (name) WHERE name = ${wanted}
             UNION ALL SELECT table_name FROM duckdb_tables() WHERE lower(table_name) = ${table}
             UNION ALL SELECT view_name FROM duckdb_views() WHERE lower(view_name) = ${table}`,
          ),
        { signal },
      );
      return rowCount > 0;
    }, signal);
  }

  override handleTransaction(command: TransactionCommand, context: StatementContext): Promise<void> {
    // Who waits for the turn is not turned away by an abort: a transaction that has to end does end.
    return this.#turn.run(async () => {
      switch (command.kind) {
        case 'begin':
          return this.#begin(beginStatement(command), context.signal);
        case 'setTransaction':
          return this.#changeModes(command);
        case 'commit':
        case 'rollback':
          return this.#end(command.kind, command.chain, context.signal);
        default:
          throw noSavepoints();
      }
    });
  }

  override handleCopyIn(target: CopyTarget, stream: ArrowSource, context: StatementContext): Promise<number> {
    const { signal } = context;
    return this.#turn.run(async () => {
      const connection = await this.#ready(signal);
      const transaction = this.#transaction.kind === 'open' ? 'open' : 'own';
      return insertRows(connection, target, stream, { signal, transaction });
    }, signal);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.close();
  }

  /** The connection, free for a statement: an open stream is drained first, or the statement would end it. */
  async #ready(signal: AbortSignal): Promise<NativeConnection> {
    const connection = await this.#open();
    signal.throwIfAborted();
    await this.#stream?.drain(signal);
    this.#stream = undefined;
    await this.#follow(connection, signal);
    return connection;
  }

  /** Looks where the client's search_path says, when that has changed. */
  async #follow(connection: NativeConnection, signal: AbortSignal): Promise<void> {
    const { settings, user } = this.session;
    const setting = settings.get('search_path') ?? this.#searchPath;
    if (setting === this.#searchPath) return;
    await followSearchPath(connection, { setting, user }, signal);
    this.#searchPath = setting;
  }

  #open(): Promise<NativeConnection> {
    this.#connection ??= this.#enter();
    return this.#connection;
  }

  /** A connection in the attached database that the client has named; by any other name it is in the first one. */
  async #enter(): Promise<NativeConnection> {
    const connection = await this.connect();
    const { database } = this.session;
    const attached = await connection.call((native) =>
      native.run(
        `FROM duckdb_databases() WHERE database_name = ${quoteText(database)} AND NOT internal
         AND database_name <> current_database()`,
      ),
    );
    if (attached.rowCount > 0) {
      const use = `USE ${quoteQualifiedName([database, 'main'])}`;
      await connection.inUse.change(connection, () => connection.call((native) => native.run(use)));
    }
    return connection;
  }

  /** Runs a statement, but lets it take no database away from others. */
  async #execute(
    connection: NativeConnection,
    statement: PreparedStatement,
    signal: AbortSignal,
  ): Promise<DuckDBResult> {
    const { native, text } = statement;
    const { inUse } = connection;
    const run = () => connection.call(() => native.stream(), { signal, text });
    if (native.statementType === StatementType.DETACH) {
      const { database, sql } = readDetach(text.original);
      return inUse.detach([database], () => connection.call((own) => own.run(sql), { signal }));
    }
    requireSharedDatabasesKept(native.statementType, text.original);
    return mayChangeDatabase(native.statementType) ? inUse.change(connection, run) : run();
  }

  async #begin(statement: string, signal: AbortSignal): Promise<void> {
    const connection = await this.#ready(signal);
    await connection.call((native) => native.run(statement), { signal });
    this.#transaction = { kind: 'open', begin: statement };
  }

  /** The server refuses what is known to write in a transaction that became READ ONLY late; the next one in a chain begins so. */
  #changeModes(modes: TransactionModes): void {
    const begin = beginStatement(modes);
    if (this.#transaction.kind === 'open' && modes.readOnly !== undefined) this.#transaction = { kind: 'open', begin };
  }

  async #end(kind: 'commit' | 'rollback', chain: boolean, signal: AbortSignal): Promise<void> {
    const transaction = this.#transaction;
    if (transaction.kind === 'none') return;
    // No result outlives its transaction.
    await this.#stream?.abandon();
    this.#stream = undefined;
    // Whatever COMMIT meets, the transaction is over.
    this.#transaction = { kind: 'none' };
    const connection = await this.#open();
    const rollback = () => connection.call((native) => native.run('ROLLBACK'));
    if (kind === 'rollback') await rollback();
    else {
      try {
        await connection.call((native) => native.run('COMMIT'), { signal });
      } catch (error) {
        // Most failures have ended the transaction, a COMMIT that was cancelled before it began has not.
        await rollback().catch(() => {});
        throw error;
      }
    }
    if (chain) await this.#begin(transaction.begin, signal);
  }

  async #answer(
    connection: NativeConnection,
    statement: PreparedStatement,
    bindings: readonly Binding[],
    result: DuckDBResult,
    signal: AbortSignal,
  ): Promise<QueryResult> {
    if (result.returnType !== ResultReturnType.QUERY_RESULT || isSuccess(result)) {
      return tag(commandTag(statement.text.original, result.statementType, await changedRows(connection, result)));
    }
    const columns = resultColumns(result, (name) => statement.parameters.columnName(name, statement.casts));
    const failed = { type: result.statementType, text: statement.text, bindings };
    const failure = (fetchSignal: AbortSignal) => this.#failure(connection, failed, fetchSignal);
    const batches = new ResultStream(new ResultBatches(connection, result, columns, failure), this.#turn, signal);
    // What DuckDB does not stream it has whole already, and another statement does not end it.
    if (result.isStreaming) this.#stream = batches;
    return rows({ schema: columns.schema, batches }, { tag: rowsTag(result.statementType) });
  }

  async #failure(connection: NativeConnection, failed: FailedStatement, signal: AbortSignal): Promise<unknown> {
    if (this.#transaction.kind === 'none') return streamFailure(connection, failed, signal);
    // The error has aborted the transaction, and nothing can run there any more.
    const other = await this.#enter();
    try {
      if (this.#searchPath !== firstSchema)
        await followSearchPath(other, { setting: this.#searchPath, user: this.session.user }, signal);
      return await streamFailure(other, failed, signal);
    } finally {
      await other.close();
    }
  }
}

import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { PgError, sqlstate } from '@riffq/wire';
import { toPgError } from '../duckdb-error.js';
import type { StatementText } from '../statement/statement-text.js';
import type { DatabasesInUse } from './databases-in-use.js';
import type { FairQueue } from './fair-queue.js';
import { nativeCalls } from './native-calls.js';

const interruptEvery = 10;

/** What a call to DuckDB belongs to. */
export interface CallContext {
  /** Aborting it interrupts DuckDB; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** For the place of an error. */
  readonly text?: StatementText | undefined;
}

/** A connection of DuckDB on which one call runs at a time. */
export class NativeConnection {
  /** Which database it is in, and which ones the others are in. */
  readonly inUse: DatabasesInUse;
  readonly #connection: DuckDBConnection;
  readonly #onClose: (connection: NativeConnection) => void;
  readonly #calls: FairQueue;
  #running: Promise<unknown> | undefined;
  #closed = false;

  private constructor(
    connection: DuckDBConnection,
    inUse: DatabasesInUse,
    onClose: (connection: NativeConnection) => void,
    calls: FairQueue,
  ) {
    this.inUse = inUse;
    this.#connection = connection;
    this.#onClose = onClose;
    this.#calls = calls;
  }

  /**
   * Opens a connection of a database whose errors are structured (`errors_as_json`).
   *
   * @param calls - where its calls wait for a thread
   */
  static async open(
    instance: DuckDBInstance,
    inUse: DatabasesInUse,
    onClose: (connection: NativeConnection) => void,
    calls: FairQueue = nativeCalls,
  ): Promise<NativeConnection> {
    try {
      return new NativeConnection(await calls.run(() => instance.connect()), inUse, onClose, calls);
    } catch (error) {
      throw toPgError(error);
    }
  }

  /** Runs one asynchronous call to DuckDB when a thread is free for it; what it throws is a PgError. */
  call<T>(task: (connection: DuckDBConnection) => Promise<T>, { signal, text }: CallContext = {}): Promise<T> {
    return this.#calls.run(async () => {
      if (this.#closed) throw closed();
      signal?.throwIfAborted();
      const running = task(this.#connection);
      this.#running = running;
      const stopInterrupting = this.#interruptOn(signal);
      try {
        return await running;
      } catch (error) {
        signal?.throwIfAborted();
        throw this.#closed ? closed() : toPgError(error, text);
      } finally {
        this.#running = undefined;
        stopInterrupting();
      }
    }, signal);
  }

  /**
   * Ends a stream that was not read to its end, and with it what DuckDB still does for it. Preparing anything does that;
   * an interrupt would abort the transaction.
   */
  async endStream(): Promise<void> {
    await this.call(async (native) => (await native.prepare('SELECT 1')).destroySync());
  }

  /** Interrupts what runs, rolls back and disconnects. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const stopInterrupting = this.#interrupt();
    // Its caller gets the error; here only its end counts.
    await this.#running?.catch(() => {});
    stopInterrupting();
    // A result that is not collected yet keeps DuckDB's session alive, and with it an open stream or transaction. This
    // ends both, and fails when there is no transaction.
    await this.#calls.run(() => this.#connection.run('ROLLBACK')).catch(() => {});
    this.#connection.disconnectSync();
    this.inUse.leave(this);
    this.#onClose(this);
  }

  #interruptOn(signal: AbortSignal | undefined): () => void {
    if (signal === undefined) return () => {};
    let stop = (): void => {};
    const onAbort = (): void => {
      stop = this.#interrupt();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    return () => {
      signal.removeEventListener('abort', onAbort);
      stop();
    };
  }

  /** DuckDB forgets an interrupt that comes before it has begun, so it is repeated until the call has ended. */
  #interrupt(): () => void {
    this.#connection.interrupt();
    const timer = setInterval(() => this.#connection.interrupt(), interruptEvery);
    return () => clearInterval(timer);
  }
}

function closed(): PgError {
  return new PgError({
    sqlstate: sqlstate.connection_does_not_exist,
    message: 'the connection to the database is closed',
  });
}

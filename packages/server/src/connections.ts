import type { BaseConnection, ConnectionClass } from './base-connection.js';
import type { Executor } from './executor.js';
import type { MaybePromise } from './query-result.js';
import type { Session } from './session.js';

/** The connection objects of the clients that are here. */
export class Connections {
  readonly #connectionClass: ConnectionClass;
  readonly #executor: Executor;
  readonly #byId = new Map<number, BaseConnection>();

  constructor(connectionClass: ConnectionClass, executor: Executor) {
    this.#connectionClass = connectionClass;
    this.#executor = executor;
  }

  /** Makes the object of a client that has come. */
  open(session: Session): BaseConnection {
    const connection = new this.#connectionClass(session.connectionId, { executor: this.#executor, session });
    this.#byId.set(session.connectionId, connection);
    return connection;
  }

  /** @throws RangeError when there is no such client. */
  get(connectionId: number): BaseConnection {
    const connection = this.#byId.get(connectionId);
    if (connection === undefined) throw new RangeError(`there is no connection ${connectionId}`);
    return connection;
  }

  /** Lets the object of a client that has left go, whatever `disconnect` does. */
  async close(connectionId: number, disconnect: () => MaybePromise<void>): Promise<void> {
    const connection = this.get(connectionId);
    try {
      await disconnect();
    } finally {
      this.#byId.delete(connectionId);
      await connection[Symbol.asyncDispose]();
    }
  }
}

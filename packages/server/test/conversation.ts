import { duplexPair } from 'node:stream';
import { RawClient } from '@riffq/testing';
import { serialize } from 'pg-protocol';
import {
  BaseConnection,
  type ConnectionClass,
  type Peer,
  type QueryCallback,
  type QueryContext,
  type QueryResult,
  RiffqServer,
  type ServerOptions,
} from '../src/index.js';
import { Frontend } from './frontend.js';
import { RecordingLogger } from './recording-logger.js';

export { RecordingLogger, serialize };

/** A connection class out of one function. */
export function answering(
  query: (
    sql: string,
    context: QueryContext,
    callback: QueryCallback,
  ) => QueryResult | Promise<QueryResult> | undefined,
) {
  return class extends BaseConnection {
    override handleQuery(sql: string, callback: QueryCallback, context: QueryContext) {
      return query(sql, context, callback);
    }
  };
}

/** A client of a server of its own, over a pair of streams in memory. */
export class Conversation extends Frontend implements AsyncDisposable {
  readonly server: RiffqServer;
  readonly logger = new RecordingLogger();
  /** Settles when the server has done with this client. */
  readonly served: Promise<void>;

  constructor(connectionClass: ConnectionClass, options: ServerOptions = {}, peer: Partial<Peer> = {}) {
    const [client, served] = duplexPair();
    super(RawClient.over(client));
    this.server = new RiffqServer('127.0.0.1:0', connectionClass, { logger: this.logger, ...options });
    // The halves of a pair do not tell each other that they were destroyed.
    client.on('close', () => served.destroy());
    this.served = this.server.handleSocket(served, { ip: '127.0.0.1', port: 4711, ...peer });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stream.destroy();
    await this.served;
    await this.server.close();
  }
}

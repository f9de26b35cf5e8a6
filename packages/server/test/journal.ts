import { BaseConnection, PgError, type QueryContext, type QueryResult } from '../src/index.js';
import { endlessRows, oneRow } from './answers.js';
import { Latch } from './latch.js';

/** What one server's connections went through, in order. */
export class Journal {
  readonly events: string[] = [];
  /** Opens when a statement has begun to run. */
  readonly running = new Latch<QueryContext>();
  /** Opens when a connection object has been let go. */
  readonly disposed = new Latch();

  /** A class that notes its connections' lives; `wait` runs until its signal aborts, `rows` never ends. */
  connectionClass(answers: { readonly auth?: boolean; readonly connect?: boolean } = {}) {
    const journal = this;
    class Connection extends BaseConnection {
      override handleConnect() {
        return answers.connect ?? true;
      }
      override handleQuery(sql: string, _callback: unknown, context: QueryContext): QueryResult | Promise<QueryResult> {
        if (sql === 'select 1') return oneRow();
        if (sql === 'fatal') throw new PgError({ severity: 'FATAL', sqlstate: '57P02', message: 'out of order' });
        journal.running.open(context);
        if (sql === 'rows') return endlessRows(() => journal.events.push('released'));
        return new Promise<never>((_resolve, reject) => {
          context.signal.addEventListener('abort', () => reject(context.signal.reason));
        });
      }
      override handleDisconnect(ip: string, port: number) {
        if (this.session.user === 'bystander') return;
        journal.events.push(`disconnect ${ip !== '' && port > 0} ${this.session.signal.aborted}`);
      }
      override async [Symbol.asyncDispose]() {
        if (this.session.user === 'bystander') return;
        journal.events.push('dispose');
        journal.disposed.open();
      }
    }
    const { auth } = answers;
    if (auth === undefined) return Connection;
    return class extends Connection {
      override handleAuth() {
        return auth;
      }
    };
  }
}

import { setImmediate } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import {
  BaseConnection,
  type ConnectionClass,
  type CopyTarget,
  PgError,
  type QueryCallback,
  type QueryContext,
  type QueryResult,
  type Session,
  type TransactionCommand,
  tag,
} from '../../src/index.js';
import { endlessRows, oneRow } from '../answers.js';
import { integers } from '../tracked-source.js';

/** Begins the message of every error that is meant; any other that is logged is a fault of ours. */
export const intended = 'fuzz:';

const failure = (): Error => new Error(`${intended} the source broke`);

/** What handlers do, by the statement that asks for it. */
const answers: Readonly<
  Record<string, (context: QueryContext, callback: QueryCallback) => QueryResult | Promise<QueryResult> | undefined>
> = {
  'select 1': () => oneRow(),
  'select n from t': () => integers(1, 2, 3, 4, 5),
  'select stream': () => ({ schema: integers().schema, batches: batches(30) }),
  'select broken': () => ({ schema: integers().schema, batches: batches(3, failure()) }),
  'select endless': () => endlessRows(),
  'select endless batches': () => ({ schema: integers().schema, batches: batches(Number.POSITIVE_INFINITY) }),
  'select slow': ({ signal }) => aborted(signal),
  'select deaf': () => new Promise<never>(() => {}),
  'select later': (_context, callback) => {
    setImmediate().then(() => callback(oneRow()));
    return undefined;
  },
  'select error': () => {
    throw new PgError({ sqlstate: '22012', message: `${intended} division by zero` });
  },
  'select fatal': () => {
    throw new PgError({ severity: 'FATAL', sqlstate: '57P02', message: `${intended} crashed` });
  },
  'select rejected': () => setImmediate().then(() => Promise.reject(failure())),
  'insert into t values (1)': () => tag('INSERT 0 1'),
  'select told': async ({ session }) => {
    session.notice({ message: `${intended} a notice` });
    session.reportParameter('TimeZone', 'Europe/Berlin');
    await setImmediate();
    session.notice({ message: `${intended} another`, severity: 'WARNING' });
    return oneRow();
  },
  'select closed': ({ session }) => {
    session.close(new PgError({ sqlstate: '57P05', message: `${intended} enough` }));
    return oneRow();
  },
};

/** Statements that are over soon; what the session answers by itself is among them. */
export const statements: readonly string[] = [
  ...Object.keys(answers).filter((sql) => !/endless|slow|deaf|fatal|closed/.test(sql)),
  ...['begin', 'commit', 'rollback', 'savepoint a', 'rollback to a', 'release a', '', 'no such statement'],
  ...["set application_name = 'x'", 'show application_name', 'discard all', 'reset all'],
  ...['copy (select stream) to stdout', 'copy (select broken) to stdout csv'],
  ...['copy (select n from t) to stdout (format binary)', 'copy t (a) from stdin (freeze maybe)'],
];

/** Statements that end the session, or wait: to be cancelled, for the client's data, or for its end. */
export const waitingStatements: readonly string[] = [
  ...Object.keys(answers).filter((sql) => !statements.includes(sql)),
  ...['copy (select endless batches) to stdout', 'copy (select slow) to stdout'],
  ...['copy all_of (a, b) from stdin', 'copy none_of (a, b) from stdin csv', 'copy some_of (a, b) from stdin'],
  ...['copy slow (a) from stdin', 'copy t from stdin (format binary)'],
];

export const password = 'secret';

/** Two servers: one lets everybody in, one asks for a password, describes its statements and runs transactions. */
export type ServerName = 'open' | 'guarded';

/** What the connections of one server have gone through. */
export class Lives {
  /** How often each connection was told that its client has left; 0 while it is here. */
  readonly left = new Map<Session, number>();
  #wake: () => void = () => {};

  /** Settles when every client that came in has left. */
  async over(): Promise<void> {
    while ([...this.left.values()].includes(0)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Classes whose connections do all that handlers may do, and note when they come and go: by the name of the server. */
  connectionClasses(): Readonly<Record<ServerName, ConnectionClass>> {
    const lives = this;
    class Connection extends BaseConnection {
      constructor(...context: ConstructorParameters<typeof BaseConnection>) {
        super(...context);
        if (this.session.user !== 'bystander') lives.left.set(this.session, 0);
      }

      override handleQuery(sql: string, callback: QueryCallback, context: QueryContext) {
        const answer = answers[sql];
        if (answer === undefined) throw new PgError({ sqlstate: '42601', message: `${intended} syntax error` });
        return answer(context, callback);
      }

      override async handleCopyIn(
        { table }: CopyTarget,
        { batches }: { readonly batches: AsyncIterable<RecordBatch> },
        { signal }: { readonly signal: AbortSignal },
      ) {
        if (table[0] === 'none_of') return 0;
        if (table[0] === 'slow') return aborted(signal);
        let rows = 0;
        for await (const batch of batches) {
          rows += batch.numRows;
          if (table[0] === 'some_of') throw failure();
        }
        return rows;
      }

      override handleConnect() {
        return this.session.user !== 'unwanted';
      }

      override handleDisconnect() {
        const times = lives.left.get(this.session);
        if (times === undefined) return;
        lives.left.set(this.session, times + 1);
        lives.#wake();
      }
    }
    return {
      open: Connection,
      guarded: class extends Connection {
        override handleAuth(_user: string, given: string) {
          return given === password;
        }

        override handleDescribe(sql: string) {
          if (sql === 'select error') throw failure();
          return { parameterTypes: [], schema: /^insert/.test(sql) ? null : integers().schema };
        }

        override async handleTransaction({ kind }: TransactionCommand) {
          await setImmediate();
          if (kind === 'release') throw failure();
        }
      },
    };
  }
}

/** One-row batches, then perhaps an error. */
async function* batches(count: number, error?: Error): AsyncGenerator<RecordBatch> {
  for (let n = 0; n < count; n += 1) {
    if (n % 10 === 0) await setImmediate();
    yield integers(n);
  }
  if (error !== undefined) throw error;
}

/** Fails as soon as the signal aborts, with what a driver below might throw. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(failure()), { once: true });
  });
}

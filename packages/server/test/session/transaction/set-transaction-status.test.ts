import { describe, expect, test } from 'vitest';
import {
  BaseConnection,
  PgError,
  type QueryCallback,
  type QueryResult,
  type TransactionCommand,
  type TransactionStatus,
  tag,
} from '../../../src/index.js';
import { endlessRows } from '../../answers.js';
import { Conversation } from '../../conversation.js';
import { bind, execute, extended, parse, query, sync } from '../../frames.js';
import { statusesOf } from './recording-transactions.js';

/** `one T` says that the other PostgreSQL is in a block now; `fail E` fails besides. */
class Forwarding extends BaseConnection {
  override async handleQuery(sql: string, _callback: QueryCallback): Promise<QueryResult> {
    const [, status] = / ([ITE])$/.exec(sql) ?? [];
    if (status !== undefined) this.session.setTransactionStatus(statusOf(status));
    if (sql.includes('fail')) throw new PgError({ message: 'failed' });
    return tag('DONE');
  }
}

function statusOf(letter: string): TransactionStatus {
  return letter === 'I' || letter === 'T' ? letter : 'E';
}

async function play(connection: typeof Forwarding, ...statements: readonly string[]): Promise<string> {
  await using client = new Conversation(connection);
  await client.start();
  let trace = '';
  for (const sql of statements) trace += await client.ask(query(sql));
  return trace;
}

describe('setTransactionStatus', () => {
  test('is what ReadyForQuery says, and what the session then holds itself to', async () => {
    const trace = await play(Forwarding, 'enter T', 'one', 'break E', 'one', 'rollback', 'one');
    expect(statusesOf(trace)).toBe('TTEEII');
    expect(trace.match(/C "25P02"/g)).toHaveLength(1);
  });

  test('ends a block that the client began, whatever the statement was', async () => {
    expect(statusesOf(await play(Forwarding, 'begin', 'end of it I', 'one'))).toBe('TII');
  });

  test('of a statement that failed is not made a failed block when there is none any more', async () => {
    expect(statusesOf(await play(Forwarding, 'begin', 'fail I', 'one'))).toBe('TII');
    expect(statusesOf(await play(Forwarding, 'begin', 'fail E', 'one', 'rollback'))).toBe('TEEI');
    expect(statusesOf(await play(Forwarding, 'begin', 'prepare transaction fail I', 'one'))).toBe('TII');
    expect(statusesOf(await play(Forwarding, 'fail I', 'fail E', 'rollback'))).toBe('IEI');
  });

  test('leaves the modes of a BEGIN in a block to the server where that answers SHOW', async () => {
    await using client = new Conversation(Forwarding, { sessionStatements: 'server' });
    await client.start();
    for (const sql of ['enter T', 'begin read only']) await client.ask(query(sql));
    expect(await client.ask(query('show transaction_read_only'))).toContain("'on'");
  });

  test('does not lift a failure that the session has found itself', async () => {
    const log: string[] = [];
    class Portals extends BaseConnection {
      override handleQuery(sql: string): QueryResult {
        log.push(sql);
        const { session } = this;
        return sql === 'endless' ? endlessRows(() => session.setTransactionStatus('T')) : tag('DONE');
      }
    }
    await using client = new Conversation(Portals);
    await client.start();
    let trace = await client.ask(query('begin'));
    trace += await client.ask(parse('endless'), bind({ portal: 'p' }), execute('p', 1), sync());
    trace += await client.ask(bind({ statement: 'none' }), sync());
    trace += await client.ask(query('one'));
    trace += await client.ask(query('commit'));
    expect(statusesOf(trace)).toBe('TTEEI');
    expect(log).toEqual(['begin', 'endless', 'ROLLBACK']);
  });

  test('agrees with commands that are forwarded by handleQuery', async () => {
    class Commands extends Forwarding {
      override async handleQuery(sql: string, callback: QueryCallback): Promise<QueryResult> {
        const after: Readonly<Record<string, TransactionStatus>> = {
          begin: 'T',
          'savepoint s': 'T',
          'rollback to s': 'T',
          'commit and chain': 'T',
          commit: 'I',
        };
        this.session.setTransactionStatus(after[sql] ?? this.session.transactionStatus);
        if (sql === 'commit') throw new PgError({ sqlstate: '23503', message: 'deferred' });
        return super.handleQuery(sql, callback);
      }
    }
    const commands = ['begin', 'savepoint s', 'fail', 'rollback to s', 'one', 'commit and chain', 'commit', 'one'];
    expect(statusesOf(await play(Commands, ...commands))).toBe('TTETTTII');
  });

  test('within an implicit block that was announced changes nothing', async () => {
    const log: string[] = [];
    class Announced extends Forwarding {
      override handleTransaction(command: TransactionCommand): void {
        log.push(command.sql);
        this.session.setTransactionStatus(command.kind === 'begin' ? 'T' : 'I');
      }
    }
    await using client = new Conversation(Announced);
    await client.start();
    let trace = await client.ask(query('one T; two T'));
    trace += await client.ask(extended('one T'), extended('two T'), sync());
    trace += await client.ask(extended('one T'), extended('fail E'), sync());
    trace += await client.ask(query('one; begin; two T'));
    trace += await client.ask(query('commit'));
    expect(statusesOf(trace)).toBe('IIITI');
    expect(log).toEqual(['BEGIN', 'COMMIT', 'BEGIN', 'COMMIT', 'BEGIN', 'ROLLBACK', 'BEGIN', 'commit']);
  });
});

test('of a session that forwards, SHOW transaction_isolation and unknown start-up parameters are for the other PostgreSQL', async () => {
  class Known extends Forwarding {
    override handleConnect(): boolean {
      this.session.setTransactionStatus('I');
      return true;
    }
  }
  await using client = new Conversation(Known);
  expect(await client.start({ jit: 'off' })).toContain('ReadyForQuery');
  expect(await client.ask(query('show transaction_isolation'))).toContain('"DONE"');
  await using other = new Conversation(Forwarding);
  expect(await other.start()).toContain('ReadyForQuery');
  expect(await other.ask(query('show transaction_isolation'))).toContain("'read committed'");
});

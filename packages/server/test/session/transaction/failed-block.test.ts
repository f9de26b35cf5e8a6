import { describe, expect, test } from 'vitest';
import { PgError, tag } from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';
import { bind, execute, extended, parse, query, sync } from '../../frames.js';
import { statusesOf } from './recording-transactions.js';

function recording(log: string[], onFailedBlock: () => Promise<void> = async () => {}) {
  return class extends answering((sql) => {
    log.push(sql);
    if (sql === 'fail') throw new PgError({ sqlstate: '22012', message: 'division by zero' });
    return tag('DONE');
  }) {
    override handleTransaction({ sql }: { readonly sql: string }): void {
      log.push(sql);
    }

    override handleFailedBlock(): Promise<void> {
      log.push('failed block');
      return onFailedBlock();
    }
  };
}

describe('handleFailedBlock is told', () => {
  test.each([
    ['of a statement that was not prepared', [bind({ statement: 'nosuch' }), sync()]],
    ['of a portal that was not bound', [execute('nosuch'), sync()]],
    ['of several statements in a Parse', [parse('one; two'), sync()]],
    ['of a savepoint that there is not', [query('release nosuch')]],
    ['of what a handler throws', [query('fail')]],
  ])('%s, once, when it fails the client’s block', async (_, frames) => {
    const log: string[] = [];
    await using client = new Conversation(recording(log));
    await client.start();
    let trace = await client.ask(query('begin'));
    trace += await client.ask(...frames);
    trace += await client.ask(...frames);
    trace += await client.ask(query('rollback'));
    expect(log.filter((sql) => sql !== 'fail')).toEqual(['begin', 'failed block', 'rollback']);
    expect(statusesOf(trace)).toBe('TEEI');
  });

  test('again behind a ROLLBACK TO', async () => {
    const log: string[] = [];
    await using client = new Conversation(recording(log));
    await client.start();
    for (const sql of ['begin', 'savepoint s', 'release nosuch', 'rollback to s', 'release nosuch', 'commit']) {
      await client.ask(query(sql));
    }
    expect(log).toEqual(['begin', 'savepoint s', 'failed block', 'rollback to s', 'failed block', 'ROLLBACK']);
  });

  test('nothing where there is no block of the client’s own', async () => {
    const log: string[] = [];
    await using client = new Conversation(recording(log));
    await client.start();
    await client.ask(bind({ statement: 'nosuch' }), sync());
    await client.ask(extended('one'), bind({ statement: 'nosuch' }), sync());
    await client.ask(query('one; release nosuch'));
    expect(log).not.toContain('failed block');
  });

  test('nothing of what setTransactionStatus has said before', async () => {
    const log: string[] = [];
    await using client = new Conversation(
      class extends recording(log) {
        override handleQuery(): never {
          this.session.setTransactionStatus('E');
          throw new PgError({ message: 'failed there' });
        }
      },
    );
    await client.start();
    await client.ask(query('begin'));
    await client.ask(query('one'));
    expect(log).toEqual(['begin']);
  });
});

test('what handleFailedBlock throws is logged, and the session goes on', async () => {
  await using client = new Conversation(
    recording([], async () => {
      throw new Error('not now');
    }),
  );
  await client.start();
  await client.ask(query('begin'));
  const trace = await client.ask(query('release nosuch'));
  expect(trace.match(/ErrorResponse/g)).toHaveLength(1);
  expect(client.logger.lines).toMatchObject([{ level: 'error', message: 'handleFailedBlock failed' }]);
  expect(statusesOf(await client.ask(query('rollback')))).toBe('I');
});

test('a client that leaves while handleFailedBlock hangs is let go', async () => {
  await using client = new Conversation(recording([], () => new Promise(() => {})));
  await client.start();
  await client.ask(query('begin'));
  client.send(query('release nosuch'));
  await client.until('ErrorResponse');
  client.stream.end();
  await client.served;
});

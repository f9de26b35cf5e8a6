import { describe, expect, test } from 'vitest';
import { type ServerOptions, tag } from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';
import { query } from '../../frames.js';
import { integers, TrackedSource } from '../../tracked-source.js';
import { statusesOf } from './recording-transactions.js';

describe('without handleTransaction', () => {
  const asked = async (options: ServerOptions, ...statements: readonly string[]) => {
    const log: string[] = [];
    await using client = new Conversation(
      answering((sql) => {
        log.push(sql);
        if (sql === 'fail') throw new Error('no');
        return tag('FROM THE HANDLER');
      }),
      options,
    );
    await client.start();
    let trace = '';
    for (const sql of statements) trace += await client.ask(query(sql));
    return { log, trace };
  };
  const statements = ['begin', 'savepoint s', 'fail', 'one', 'rollback to s', 'commit', 'one; two', 'commit'];

  test("handleQuery gets the commands, and the session keeps the state: sessionStatements 'handler'", async () => {
    const { log, trace } = await asked({}, ...statements);
    expect(log).toEqual(['begin', 'savepoint s', 'fail', 'rollback to s', 'commit', 'one', 'two']);
    expect(statusesOf(trace)).toBe('TTEETIII');
    expect(trace).not.toMatch(/CommandComplete\t "FROM THE HANDLER"\nB\t5\tReadyForQuery\t T/);
  });

  test("the session answers them by itself: sessionStatements 'server'", async () => {
    const { log, trace } = await asked({ sessionStatements: 'server' }, ...statements);
    expect(log).toEqual(['fail', 'one', 'two']);
    expect(statusesOf(trace)).toBe('TTEETIII');
  });

  test('COMMIT of a failed block reaches the handler as ROLLBACK', async () => {
    expect((await asked({}, 'begin', 'fail', 'commit')).log).toEqual(['begin', 'fail', 'ROLLBACK']);
  });

  test('BEGIN behind other statements reaches the handler', async () => {
    expect((await asked({}, 'one; begin; two', 'commit')).log).toEqual(['one', 'begin', 'two', 'commit']);
  });

  test('rows that the handler answers BEGIN with are released', async () => {
    const source = new TrackedSource(integers(1), integers(2));
    await using client = new Conversation(answering(() => source.batches()));
    await client.start();
    expect(await client.ask(query('begin'))).toBe('B\t10\tCommandComplete\t "BEGIN"\nB\t5\tReadyForQuery\t T\n');
    expect(source).toMatchObject({ pulled: 1, isReleased: true });
  });

  test.each(['rollback tto s', 'commit work now', 'savepoint', 'release savepoint', "savepoint 'a'", 'start slave'])(
    '%s is none of PostgreSQL’s, and the handler’s to judge',
    async (sql) => {
      const { log, trace } = await asked({ sessionStatements: 'server' }, 'begin', sql);
      expect(log).toEqual([sql]);
      expect(statusesOf(trace)).toBe('TT');
    },
  );
});

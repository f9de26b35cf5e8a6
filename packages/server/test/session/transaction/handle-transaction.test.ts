import { cancelRequest, RawClient } from '@riffq/testing';
import type { RecordBatch } from 'apache-arrow';
import { serialize } from 'pg-protocol';
import { describe, expect, test } from 'vitest';
import { PgError, type QueryResult, type StatementContext, type TransactionCommand, tag } from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';
import { bind, describePortal, execute, extended, flush, parse, query, sync } from '../../frames.js';
import { Latch } from '../../latch.js';
import { Listening } from '../../listening.js';
import { integers } from '../../tracked-source.js';
import { begin, commit, play, recording, rollback, statusesOf } from './recording-transactions.js';

describe('handleTransaction is told', () => {
  test('what the client typed, parsed', async () => {
    const log: string[] = [];
    const trace = await play(
      log,
      [
        ...[
          'begin isolation level serializable read only',
          'savepoint "A b"',
          'release savepoint "A b"',
          'savepoint s',
          'rollback to s',
        ],
        ...['commit and chain', 'abort', 'start transaction not deferrable', 'end'],
      ].map((sql) => [query(sql)]),
    );
    expect(log).toEqual([
      'begin [begin isolation level serializable read only] {"isolationLevel":"serializable","readOnly":true}',
      'savepoint [savepoint "A b"] {"name":"A b"}',
      'release [release savepoint "A b"] {"name":"A b"}',
      'savepoint [savepoint s] {"name":"s"}',
      'rollbackTo [rollback to s] {"name":"s"}',
      'commit [commit and chain] {"chain":true}',
      'rollback [abort] {"chain":false}',
      'begin [start transaction not deferrable] {"deferrable":false}',
      'commit [end] {"chain":false}',
    ]);
    expect(statusesOf(trace)).toBe('TTTTTTITI');
  });

  test('nothing of a statement by itself', async () => {
    const log: string[] = [];
    await play(log, [[query('one')], [extended('two'), sync()], [query('three;')]]);
    expect(log).toEqual(['one', 'two', 'three']);
  });

  test('nothing of what is refused or only warned of', async () => {
    const log: string[] = [];
    await play(log, [
      [query('commit')],
      [query('rollback')],
      [query('savepoint s')],
      [query('release s')],
      [query('commit and chain')],
    ]);
    expect(log).toEqual([]);
  });

  test('of an implicit block around several statements', async () => {
    const log: string[] = [];
    const trace = await play(log, [[query('one; two')], [query('one; fail; two')]]);
    expect(log).toEqual([begin, 'one', 'two', commit, begin, 'one', 'fail', rollback]);
    expect(statusesOf(trace)).toBe('II');
  });

  test('of an implicit block in a pipeline, which an error rolls back', async () => {
    const log: string[] = [];
    const one = extended('one');
    const trace = await play(log, [
      [one, extended('two'), sync()],
      [one, extended('fail'), extended('two'), sync()],
      [one, sync()],
    ]);
    expect(log).toEqual([begin, 'one', 'two', commit, begin, 'one', 'fail', rollback, 'one']);
    expect(statusesOf(trace)).toBe('III');
  });

  test('of an implicit block when the Execute is followed by anything but Sync', async () => {
    const log: string[] = [];
    await using client = new Conversation(recording(log));
    await client.start();
    client.send(extended('one'), flush());
    await client.until('CommandComplete');
    expect(log).toEqual([begin, 'one']);
    await client.ask(sync());
    expect(log).toEqual([begin, 'one', commit]);
  });

  test('of an implicit block for rows fetched in parts', async () => {
    const log: string[] = [];
    await using client = new Conversation(
      class extends answering(() => integers(1, 2, 3)) {
        override handleTransaction({ kind, implicit }: TransactionCommand): void {
          log.push(`${kind} ${implicit}`);
        }
      },
    );
    await client.start();
    client.send(parse('select'), bind(), describePortal(), flush());
    await client.until('RowDescription');
    client.send(execute('', 2), flush());
    await client.until('PortalSuspended');
    expect(log).toEqual(['begin true']);
    await client.ask(execute('', 2), sync());
    expect(log).toEqual(['begin true', 'commit true']);
  });

  test('of each pipeline by itself', async () => {
    const log: string[] = [];
    const one = extended('one');
    await using client = new Conversation(recording(log));
    await client.start();
    client.send(one, one, sync(), one, sync(), one, one, sync());
    for (let i = 0; i < 3; i += 1) await client.until('ReadyForQuery');
    expect(log).toEqual([begin, 'one', 'one', commit, 'one', begin, 'one', 'one', commit]);
  });

  test.each([
    ['committed', [], commit],
    ['rolled back with what fails behind it', [extended('fail')], rollback],
  ])('of an implicit block around a COPY FROM STDIN of a pipeline, which is %s', async (_, behind, end) => {
    const log: string[] = [];
    await using client = new Conversation(
      class extends recording(log) {
        override async handleCopyIn(_target: unknown, { batches }: { readonly batches: AsyncIterable<RecordBatch> }) {
          let rows = 0;
          for await (const { numRows } of batches) rows += numRows;
          log.push(`copied ${rows}`);
          return rows;
        }
      },
    );
    await client.start();
    const copying = [parse('copy t (a) from stdin'), bind(), execute()];
    const trace = await client.ask(
      ...[...copying, serialize.copyData(Buffer.from('1\n2\n')), serialize.copyDone(), ...behind, sync()],
    );
    expect(trace).toContain('"COPY 2"');
    expect(log).toEqual([begin, 'copied 2', ...(behind.length === 0 ? [] : ['fail']), end]);
  });

  test('nothing implicit inside a block, and one begin when BEGIN comes late', async () => {
    const log: string[] = [];
    const trace = await play(log, [
      [query('begin; one; two')],
      [extended('three'), extended('four'), sync()],
      [query('commit')],
      [query('one; begin; two')],
      [query('rollback')],
      [query('one; commit; two')],
    ]);
    expect(log).toEqual([
      ...['begin [begin] {}', 'one', 'two', 'three', 'four', 'commit [commit] {"chain":false}'],
      ...[begin, 'one', 'two', 'rollback [rollback] {"chain":false}'],
      ...[begin, 'one', commit, begin, 'two', commit],
    ]);
    expect(statusesOf(trace)).toBe('TTITII');
  });

  test('the modes of a BEGIN among other statements', async () => {
    const serializable = 'begin isolation level serializable';
    const told = `begin [${serializable}] {"isolationLevel":"serializable"}`;
    const log: string[] = [];
    await play(log, [
      [query(`${serializable}; one`)],
      [query(`commit; ${serializable}; two`)],
      [query('rollback')],
      [extended(serializable), extended('three'), sync()],
    ]);
    expect(log).toEqual([
      ...[told, 'one', 'commit [commit] {"chain":false}', told, 'two', 'rollback [rollback] {"chain":false}'],
      ...[told, 'three'],
    ]);
  });

  test('the modes of a BEGIN in an implicit block by SET TRANSACTION, where that is the handler’s', async () => {
    const log: string[] = [];
    const modes = 'isolation level repeatable read, read write, not deferrable';
    await play(log, [[query(`one; begin ${modes}; two`)]]);
    expect(log).toEqual([begin, 'one', `SET TRANSACTION ${modes}`, 'two']);
  });

  test('the modes that a transaction begins with by default, and every change of them, where the server answers SET', async () => {
    const log: string[] = [];
    await using client = new Conversation(recording(log), { sessionStatements: 'server' });
    await client.start();
    for (const sql of [
      ...['begin', 'set transaction isolation level repeatable read, read only', 'set transaction read only', 'commit'],
      ...['set default_transaction_read_only = on', 'begin', 'commit', 'begin isolation level serializable', 'commit'],
      ...['begin read write', 'set transaction_deferrable = on', 'commit', 'one; two', 'begin work', 'commit'],
      ...[
        'one; begin read only; two',
        'commit',
        'reset default_transaction_read_only',
        'one; begin read only',
        'commit',
      ],
    ])
      await client.ask(query(sql));
    const end = 'commit [commit] {"chain":false}';
    expect(log).toEqual([
      'begin [begin] {}',
      'setTransaction [SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY] {"isolationLevel":"repeatable read","readOnly":true}',
      end,
      ...['begin [BEGIN READ ONLY] {"readOnly":true}', end],
      'begin [BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY] {"isolationLevel":"serializable","readOnly":true}',
      end,
      ...[
        'begin [begin read write] {"readOnly":false}',
        'setTransaction [SET TRANSACTION DEFERRABLE] {"deferrable":true}',
        end,
      ],
      ...['(begin) [BEGIN READ ONLY] {"readOnly":true}', 'one', 'two', commit],
      ...['begin [BEGIN READ ONLY] {"readOnly":true}', end],
      ...['(begin) [BEGIN READ ONLY] {"readOnly":true}', 'one', 'two', end],
      ...[begin, 'one', 'setTransaction [SET TRANSACTION READ ONLY] {"readOnly":true}', end],
    ]);
  });

  test('a change that it refuses, which fails the block', async () => {
    await using client = new Conversation(
      recording([], (kind) => kind === 'setTransaction'),
      { sessionStatements: 'server' },
    );
    await client.start();
    await client.ask(query('begin'));
    expect(statusesOf(await client.ask(query('set transaction read only')))).toBe('E');
  });

  test.each([
    ['isolation level serializable', 'ISOLATION LEVEL'],
    ['deferrable', '[NOT] DEFERRABLE'],
  ])('nothing of BEGIN %s when it is too late for that', async (modes, name) => {
    await using client = new Conversation(recording([]), { sessionStatements: 'server' });
    await client.start();
    const trace = await client.ask(query(`one; begin ${modes}`));
    expect(trace).toContain(`C "25001" M "SET TRANSACTION ${name} must be called before any query"`);
    expect(await client.ask(query('one; begin isolation level read committed, read only'))).toContain('"BEGIN"');
  });

  test('COMMIT of a failed block as ROLLBACK', async () => {
    const log: string[] = [];
    const trace = await play(log, [
      [query('begin')],
      [query('fail')],
      [query('one')],
      [query('commit and chain')],
      [query('rollback')],
    ]);
    expect(log).toEqual([
      ...[
        'begin [begin] {}',
        'fail',
        'rollback [ROLLBACK AND CHAIN] {"chain":true}',
        'rollback [rollback] {"chain":false}',
      ],
    ]);
    expect(statusesOf(trace)).toBe('TEETI');
  });

  test('again of what it refused', async () => {
    const log: string[] = [];
    let failures = 1;
    const trace = await play(log, [[query('begin')], [query('begin')]], (kind) => kind === 'begin' && failures-- > 0);
    expect(log).toEqual(['begin [begin] {}', 'begin [begin] {}']);
    expect(statusesOf(trace)).toBe('IT');
  });
});

describe('an error of handleTransaction', () => {
  test('in COMMIT leaves no block', async () => {
    const trace = await play([], [[query('begin')], [query('commit')], [query('commit')]], (kind) => kind === 'commit');
    expect(trace).toContain('C "40001" M "commit failed"');
    expect(trace).toContain('M "there is no transaction in progress"');
    expect(statusesOf(trace)).toBe('TII');
  });

  test('in the commit of several statements is their error, in the place of the end that a Query would have', async () => {
    const log: string[] = [];
    const trace = await play(
      log,
      [[query('one; two')], [extended('one'), extended('two'), sync()]],
      (kind) => kind === 'commit',
    );
    const failed = String.raw`\n.*C "40001" M "commit failed".*\nB\t5\tReadyForQuery\t I\n`;
    expect(trace).toMatch(new RegExp(`"ONE"${failed}[^]*"ONE"[^]*"TWO"${failed}$`));
    expect(trace.match(/"TWO"/g)).toHaveLength(1);
    expect(log).toEqual([begin, 'one', 'two', commit, begin, 'one', 'two', commit]);
  });

  test('in the begin of several statements keeps them from running', async () => {
    const log: string[] = [];
    const trace = await play(
      log,
      [[query('one; two')], [extended('one'), extended('two'), sync()]],
      (kind) => kind === 'begin',
    );
    expect(log).toEqual([begin, begin]);
    expect(trace.match(/M "begin failed"/g)).toHaveLength(2);
  });

  test('in a savepoint fails the block', async () => {
    const trace = await play(
      [],
      [[query('begin')], [query('savepoint s')], [query('rollback to s')]],
      (kind) => kind === 'savepoint',
    );
    expect(trace).toContain('C "3B001" M "savepoint "s" does not exist"');
    expect(statusesOf(trace)).toBe('TEE');
  });

  test('in a rollback that an error made necessary is logged', async () => {
    const log: string[] = [];
    await using client = new Conversation(recording(log, (kind) => kind === 'rollback'));
    await client.start();
    const trace = await client.ask(query('one; fail'));
    expect(trace.match(/ErrorResponse/g)).toHaveLength(1);
    expect(client.logger.lines).toMatchObject([{ level: 'error', message: 'a rollback failed' }]);
    expect(await client.ask(query('one'))).toContain('"ONE"');
  });
});

describe('PREPARE TRANSACTION', () => {
  const prepare = "prepare /* two */ transaction 'x'";

  test('ends the block once the handler has done it', async () => {
    const log: string[] = [];
    const trace = await play(log, [[query('begin')], [query(prepare)], [query("commit prepared 'x'")]]);
    expect(log).toEqual(['begin [begin] {}', prepare, "commit prepared 'x'"]);
    expect(statusesOf(trace)).toBe('TII');
  });

  test('of a failed block is a ROLLBACK', async () => {
    const log: string[] = [];
    const trace = await play(log, [[query('begin')], [query('fail')], [extended(prepare), sync()]]);
    expect(log.at(-1)).toBe('rollback [ROLLBACK] {"chain":false}');
    expect(trace).toContain('CommandComplete\t "ROLLBACK"');
    expect(statusesOf(trace)).toBe('TEI');
  });

  test('does not let COMMIT PREPARED into a failed block', async () => {
    const trace = await play([], [[query('begin')], [query('fail')], [parse("commit prepared 'x'"), sync()]]);
    expect(trace).toContain('C "25P02"');
  });
});

test('a client that leaves while handleTransaction hangs is let go', async () => {
  await using client = new Conversation(
    class extends answering((): QueryResult => tag('OK')) {
      override handleTransaction(): Promise<void> {
        return new Promise(() => {});
      }
    },
  );
  await client.start();
  client.send(query('one; two'));
  client.stream.end();
  await client.served;
});

test.each([
  ['of an implicit block', [], 'one; fail', '22012'],
  ['that the client asks for', ['BEGIN'], 'ROLLBACK', undefined],
])(
  'a cancel does not reach the rollback %s, which would leave the handler’s own open',
  async (_, before, last, error) => {
    const rollingBack = new Latch<AbortSignal>();
    const rolledBack = new Latch();
    class Connection extends answering((sql) => {
      if (sql === 'fail') throw new PgError({ sqlstate: '22012', message: 'division by zero' });
      return tag('OK');
    }) {
      override async handleTransaction({ kind }: TransactionCommand, { signal }: StatementContext): Promise<void> {
        if (kind !== 'rollback') return;
        rollingBack.open(signal);
        await rolledBack.opened;
      }
    }
    await using server = await Listening.open(Connection);
    await using client = await RawClient.connect({ port: server.port }, { user: 'alice' });
    for (const sql of before) {
      client.send(query(sql));
      await client.until('ReadyForQuery');
    }
    client.send(query(last));
    const signal = await rollingBack.opened;
    await using canceller = await RawClient.open({ port: server.port });
    canceller.send(cancelRequest(client.backendKey));
    await canceller.untilEnd();
    expect(signal.aborted).toBe(false);
    rolledBack.open();
    const reply = await client.until('ReadyForQuery');
    expect(reply.error?.sqlstate).toBe(error);
    expect(server.logger.lines).toEqual([]);
  },
);

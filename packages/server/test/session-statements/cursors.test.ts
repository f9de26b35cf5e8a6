import { cancelRequest } from '@riffq/testing';
import { type RecordBatch, tableFromArrays } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import {
  BaseConnection,
  PgError,
  type QueryContext,
  type QueryResult,
  type TransactionCommand,
} from '../../src/index.js';
import { Bystander } from '../bystander.js';
import { answering, Conversation } from '../conversation.js';
import { execute, query, sync } from '../frames.js';
import { Latch } from '../latch.js';
import { Listening } from '../listening.js';
import { integers, TrackedSource } from '../tracked-source.js';

const server = { sessionStatements: 'server' } as const;

/** A client in a block with a cursor `c` over a source, one row per batch. */
async function declared(source: TrackedSource, how = 'cursor') {
  const answer = (): QueryResult => ({ schema: source.schema, batches: source.batches() });
  const client = new Conversation(answering(answer), server);
  await client.start();
  await client.ask(query('begin'));
  await client.ask(query(`declare c ${how} for select n`));
  return client;
}

const rowsOf = (trace: string): readonly string[] => [...trace.matchAll(/DataRow\t.*'(\d+)'/g)].map(([, n]) => n ?? '');

describe('a cursor', () => {
  test('pulls no more of its source than is fetched, and releases it when closed', async () => {
    const source = new TrackedSource(integers(1), integers(2), integers(3), integers(4));
    await using client = await declared(source);
    expect(source.pulled).toBe(0);
    expect(rowsOf(await client.ask(query('fetch 2 c')))).toEqual(['1', '2']);
    expect(source.pulled).toBe(2);
    await client.ask(query('move c'));
    expect(source.pulled).toBe(3);
    await client.ask(query('close c'));
    await source.released;
    expect(source.pulled).toBe(3);
  });

  test('tells its handler of a limit, for other statements may run before its rows are read', async () => {
    const limits: [sql: string, maxRows: number][] = [];
    const answer = (sql: string, { maxRows }: QueryContext): QueryResult => {
      limits.push([sql, maxRows]);
      return integers(1);
    };
    await using client = new Conversation(answering(answer), server);
    await client.start();
    for (const sql of ['begin', 'declare c cursor for select n', 'select 1', 'fetch c']) await client.ask(query(sql));
    expect(limits).toEqual([
      ['select n', expect.any(Number)],
      ['select 1', 0],
    ]);
    expect(limits[0]?.[1]).toBeGreaterThan(0);
  });

  test.each(['commit', 'rollback', 'close all', 'discard all'])('is closed by %s', async (statement) => {
    const source = new TrackedSource(integers(1), integers(2));
    await using client = await declared(source);
    await client.ask(query('fetch c'));
    if (statement === 'discard all') await client.ask(query('commit'));
    await client.ask(query(statement));
    await source.released;
  });

  test('is closed when its client leaves', async () => {
    const source = new TrackedSource(integers(1), integers(2));
    const client = await declared(source);
    await client.ask(query('fetch c'));
    await client[Symbol.asyncDispose]();
    await source.released;
  });

  test('gives the rest of a batch in another format', async () => {
    const source = new TrackedSource(integers(1, 2, 3, 4));
    await using client = await declared(source, 'binary cursor');
    expect(await client.ask(query('fetch 2 c'))).toContain("DataRow\t 1 4 '\\x00\\x00\\x00\\x01'");
    expect(rowsOf(await client.ask(execute('c', 1), sync()))).toEqual(['3']);
    expect(await client.ask(query('fetch 2 c'))).toContain("DataRow\t 1 4 '\\x00\\x00\\x00\\x04'");
  });

  test('whose source fails gives the rows before, the error, and is over', async () => {
    const failure = new PgError({ sqlstate: '58030', message: 'disk on fire' });
    await using client = await declared(new TrackedSource(integers(1), failure));
    const trace = await client.ask(query('fetch all c'));
    expect(rowsOf(trace)).toEqual(['1']);
    expect(trace).toContain('C "58030" M "disk on fire"');
    expect(await client.ask(query('fetch c'))).toContain('25P02');
  });

  test('declared with SCROLL goes forward, and says that it cannot go back', async () => {
    await using client = await declared(new TrackedSource(integers(1), integers(2)), 'scroll cursor');
    expect(rowsOf(await client.ask(query('fetch c')))).toEqual(['1']);
    expect(await client.ask(query('fetch prior c'))).toContain(
      'C "0A000" M "cursor "c" cannot go back" H "Cursors of this server give their rows once, in order."',
    );
  });

  test('that waits for its source is canceled, and its handler is told', async () => {
    const waiting = new Latch();
    let signal: AbortSignal | undefined;
    async function* batches() {
      yield integers(1);
      waiting.open();
      yield await new Promise<never>(() => {});
    }
    await using listening = await Listening.open(
      answering((sql, context) => {
        if (sql !== 'select n') return [{ n: 1 }];
        ({ signal } = context);
        return { schema: integers().schema, batches: batches() };
      }),
      server,
    );
    const bystander = await Bystander.watch(listening.port);
    const client = await listening.connect();
    await client.start();
    await client.ask(query('begin; declare c cursor for select n'));
    client.send(query('fetch all c'));
    await waiting.opened;
    const canceling = await listening.connect();
    canceling.send(cancelRequest(client.cancelKey));
    expect(await client.until('ReadyForQuery')).toContain('57014');
    expect(signal?.aborted).toBe(true);
    expect(await client.ask(query('rollback'))).toContain('"ROLLBACK"');
    client.stream.destroy();
    await bystander.expectUnharmed();
  });

  test.each([
    ['declare c cursor for insert into t values (1)', 'C "42601" M "syntax error at or near "insert"" P "22"'],
    ['declare c cursor for delete from t returning n', 'C "42601" M "syntax error at or near "delete"" P "22"'],
    ['declare c cursor for with x as (delete from t returning n) select * from x', 'C "0A000"'],
  ])('is refused over what writes: %s', async (sql, expected) => {
    const source = new TrackedSource(integers(1));
    await using client = await declared(source);
    expect(await client.ask(query(sql))).toContain(expected);
    expect(source.pulled).toBe(0);
  });

  test('counts the position of an error in the query from the beginning of the client’s text', async () => {
    await using client = new Conversation(
      answering(() => {
        throw new PgError({ sqlstate: '42703', message: 'no such column', position: 8 });
      }),
      server,
    );
    await client.start();
    expect(await client.ask(query('begin; declare c cursor for select x'))).toContain(' P "36"');
  });
});

/** Takes transactions seriously: what it reads is gone with them. */
function transactional(answer: (context: QueryContext) => QueryResult, commands: string[]) {
  return class extends BaseConnection {
    override handleQuery(_: string, __: unknown, context: QueryContext) {
      return answer(context);
    }
    override handleTransaction({ kind }: TransactionCommand) {
      commands.push(kind);
    }
  };
}

describe('a cursor WITH HOLD', () => {
  const declaration = 'declare c cursor with hold for select n';

  test('goes on pulling after COMMIT when the handler is told of no transactions', async () => {
    const source = new TrackedSource(integers(1), integers(2), integers(3));
    await using client = await declared(source, 'cursor with hold');
    await client.ask(query('fetch c'));
    await client.ask(query('commit'));
    expect(source.pulled).toBe(1);
    expect(rowsOf(await client.ask(query('fetch all c')))).toEqual(['2', '3']);
  });

  test.each(['begin', ''])('is read to its end before a handler commits (%s)', async (begin) => {
    const source = new TrackedSource(integers(1, 2), integers(3));
    const commands: string[] = [];
    const answer = () => ({ schema: source.schema, batches: source.batches() });
    await using client = new Conversation(transactional(answer, commands), server);
    await client.start();
    if (begin !== '') await client.ask(query(begin));
    await client.ask(query(declaration));
    if (begin !== '') {
      expect(source.pulled).toBe(0);
      expect(rowsOf(await client.ask(query('fetch c')))).toEqual(['1']);
      await client.ask(query('commit'));
      expect(commands).toEqual(['begin', 'commit']);
    }
    expect(source.isReleased).toBe(true);
    expect(rowsOf(await client.ask(query('fetch all c')))).toEqual(begin === '' ? ['1', '2', '3'] : ['2', '3']);
    expect(rowsOf(await client.ask(query('fetch all c')))).toEqual([]);
  });

  test('goes on when it was asked to go back, which PostgreSQL would have done', async () => {
    const source = new TrackedSource(integers(1), integers(2), integers(3));
    await using client = await declared(source, 'cursor with hold');
    await client.ask(query('fetch c'));
    await client.ask(query('commit'));
    expect(await client.ask(query('fetch backward c'))).toContain('C "55000" M "cursor can only scan forward"');
    expect(rowsOf(await client.ask(query('fetch all c')))).toEqual(['2', '3']);
  });

  test('that has more than 64 MiB left makes COMMIT fail, and the handler roll back', async () => {
    const [batch] = tableFromArrays({ n: new Float64Array(1024 ** 2) }).batches;
    if (batch === undefined) throw new Error('a table of one column has a batch');
    let released = false;
    async function* batches(endless: RecordBatch) {
      try {
        for (;;) yield endless;
      } finally {
        released = true;
      }
    }
    const commands: string[] = [];
    await using client = new Conversation(
      transactional(() => ({ schema: batch.schema, batches: batches(batch) }), commands),
      server,
    );
    await client.start();
    await client.ask(query('begin'));
    await client.ask(query(declaration));
    expect(await client.ask(query('commit'))).toMatch(
      /C "54000" M "the rows of cursors WITH HOLD exceed 64 MiB" H "Fetch the rows .*\n.*ReadyForQuery\t I/,
    );
    expect(commands).toEqual(['begin', 'rollback']);
    expect(released).toBe(true);
    expect(await client.ask(query('fetch c'))).toContain('34000');
  });

  test('shares the 64 MiB with the others of its session, until they are closed', async () => {
    const { batches, schema } = tableFromArrays({ n: new Float64Array(3 * 1024 ** 2) });
    await using client = new Conversation(
      transactional(() => ({ schema, batches }), []),
      server,
    );
    await client.start();
    await client.ask(query('declare one cursor with hold for select 1'));
    await client.ask(query('declare two cursor with hold for select 1'));
    expect(await client.ask(query('declare three cursor with hold for select 1'))).toContain('54000');
    expect(await client.ask(query('close one'))).toContain('CLOSE CURSOR');
    expect(await client.ask(query('declare three cursor with hold for select 1'))).toContain('DECLARE CURSOR');
    expect(rowsOf(await client.ask(query('fetch 2 three')))).toEqual(['0', '0']);
  });
});

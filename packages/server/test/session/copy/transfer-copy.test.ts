import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { copyIn, copyOut, type QueryContext, type QueryResult, tag } from '../../../src/index.js';
import { oneRow } from '../../answers.js';
import { Bystander } from '../../bystander.js';
import { answering, Conversation, serialize } from '../../conversation.js';
import { bind, describePortal, describeStatement, execute, frame, parse, query, sync } from '../../frames.js';
import { Latch } from '../../latch.js';
import { Listening } from '../../listening.js';

const options = { copy: 'handler' } as const;
const line = Buffer.from('1\tone\n');
const data = (bytes: Uint8Array = line): Uint8Array => serialize.copyData(Buffer.from(bytes));

async function play(
  answer: (context: QueryContext) => QueryResult,
  ...turns: readonly (readonly [string, ...Uint8Array[]])[]
) {
  await using client = new Conversation(
    answering((sql, context) => (sql === 'select 1' ? oneRow() : answer(context))),
    options,
  );
  await client.start();
  let trace = '';
  for (const [until, ...frames] of turns) {
    if (frames.length > 0) client.send(...frames);
    trace += await client.until(until);
  }
  return trace;
}

const out = (pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array> = [line, line]): QueryResult =>
  copyOut({ format: 'text', columns: 2, data: pieces });

describe('copyOut', () => {
  test('in answer to any statement is what a COPY sends, without a RowDescription before it', async () => {
    const copied = "B\t11\tCopyOutResponse\t \\x00 2 0 0\nB\t10\tCopyData\t '1\\x09one\\x0a'\n";
    const simple = await play(() => out(), ['ReadyForQuery', query('select')]);
    expect(simple).toContain(copied);
    expect(simple).toContain('CopyDone\nB\t11\tCommandComplete\t "COPY 2"\n');
    const extended = await play(
      () => out(),
      ['ReadyForQuery', parse('select'), bind(), describePortal(), execute(), sync()],
    );
    expect(extended).toContain(`NoData\n${copied}`);
  });

  test('by whole CopyData messages sends them untouched', async () => {
    const copyData = [Buffer.concat([data(), data(Buffer.from('2\n'))])];
    const trace = await play(() => copyOut({ format: 'text', columns: 1, copyData }), ['ReadyForQuery', query('copy')]);
    expect(trace).toContain("CopyData\t '1\\x09one\\x0a'\nB\t6\tCopyData\t '2\\x0a'\nB\t4\tCopyDone");
  });

  test('is no answer to a statement that was described to give rows', async () => {
    let asked = 0;
    const answer = (): QueryResult => {
      asked += 1;
      return asked === 1 ? oneRow() : out();
    };
    const trace = await play(
      answer,
      ['ReadyForQuery', parse('select', 's'), describeStatement('s'), sync()],
      ['ReadyForQuery', bind({ statement: 's' }), execute(), sync()],
    );
    expect(trace).toContain('M "cached plan must not change result type"');
    expect(trace).not.toContain('CopyOutResponse');
  });

  test('that is only described gives NoData, and its data are released unread', async () => {
    let released = false;
    const iterator = {
      [Symbol.iterator]: () => iterator,
      next: (): IteratorResult<Uint8Array> => expect.unreachable('was read'),
      return: (): IteratorResult<Uint8Array> => {
        released = true;
        return { done: true, value: undefined };
      },
    };
    expect(await play(() => out(iterator), ['ReadyForQuery', parse('x'), describeStatement(), sync()])).toContain(
      'NoData',
    );
    expect(released).toBe(true);
  });

  test.each([
    ['leaves', (client: Conversation) => void client.stream.destroy()],
    ['sends nothing legal', (client: Conversation) => client.send(frame('?', []))],
  ])('is pulled no faster than it is read, and released when its client %s', async (_, leave) => {
    let pulled = 0;
    const released = new Latch();
    async function* endless() {
      try {
        for (; ; pulled += 1) yield Buffer.alloc(100_000);
      } finally {
        released.open();
      }
    }
    await using client = new Conversation(
      answering(() => out(endless())),
      options,
    );
    await client.start();
    client.send(query('copy'));
    await client.until('CopyData');
    client.raw.pauseReading();
    const whenPaused = pulled;
    await using other = await Listening.open(answering(() => oneRow()));
    const bystander = await Bystander.watch(other.port);
    await bystander.expectUnharmed();
    expect(pulled - whenPaused).toBeLessThan(10);
    leave(client);
    client.raw.resumeReading();
    client.stream.destroy();
    await released.opened;
  });

  test('is not held back by a slow source, and has no CopyDone when the session ends first', async () => {
    const started = new Latch();
    async function* slow() {
      yield line;
      started.open();
      await new Promise(() => {});
    }
    await using client = new Conversation(
      answering((sql) => (sql === 'select 1' ? oneRow() : out(slow()))),
      options,
    );
    await client.start();
    client.send(query('copy'));
    await client.until('CopyData');
    await started.opened;
    client.server.getConnection(0).session.close();
    expect(await client.untilEnd()).not.toContain('CopyDone');
  });
});

describe('copyIn', () => {
  const into = (receive: (pieces: AsyncIterable<Uint8Array>) => number | Promise<number>): QueryResult =>
    copyIn({ format: 'text', columns: 2, receive });
  const count = async (pieces: AsyncIterable<Uint8Array>): Promise<number> => {
    let pieceCount = 0;
    for await (const _ of pieces) pieceCount += 1;
    return pieceCount;
  };

  test('in answer to any statement takes what the client sends', async () => {
    const trace = await play(
      () => into(count),
      ['CopyInResponse', parse('select'), bind(), describePortal(), execute()],
      ['ReadyForQuery', data(), data(), serialize.copyDone(), sync()],
    );
    expect(trace).toContain('NoData\nB\t11\tCopyInResponse\t \\x00 2 0 0\n');
    expect(trace).toContain('CommandComplete\t "COPY 2"');
  });

  test('that stops reading early has the rest thrown away', async () => {
    const trace = await play(
      () => into(() => 7),
      ['CopyInResponse', query('copy')],
      ['ReadyForQuery', data(), data(), serialize.copyDone()],
      ['ReadyForQuery', query('select 1')],
    );
    expect(trace).toContain('CommandComplete\t "COPY 7"');
    expect(trace).toContain('DataRow');
  });

  test('that fails at once is an error at once, and what the client has sent meanwhile is thrown away', async () => {
    const refuse = (): never => {
      throw Object.assign(new Error('disk full'), { sqlstate: '53100' });
    };
    const trace = await play(
      () => into(refuse),
      ['ReadyForQuery', query('copy')],
      ['ReadyForQuery', data(), serialize.copyDone(), query('select 1')],
    );
    expect(trace).toContain('C "53100" M "disk full"');
    expect(trace).toContain('DataRow');
  });

  test('that does not mind a CopyFail is an error all the same', async () => {
    const careless = (pieces: AsyncIterable<Uint8Array>): Promise<number> => count(pieces).catch(() => 1);
    const trace = await play(
      () => into(careless),
      ['CopyInResponse', query('copy')],
      ['ReadyForQuery', data(), serialize.copyFail('changed my mind')],
    );
    expect(trace).toContain('C "57014" M "COPY from stdin failed: changed my mind"');
    expect(trace).not.toContain('CommandComplete');
  });

  test('that does not mind what has no place in a COPY loses its session all the same', async () => {
    const trace = await play(
      () =>
        copyIn({
          format: 'text',
          columns: 1,
          receive: async (received) => {
            try {
              for await (const _ of received);
            } catch {
              throw new Error('the handler has a word of its own');
            }
            return 0;
          },
        }),
      ['CopyInResponse', query('copy')],
      ['ErrorResponse', data(), query('select 1')],
      ['ErrorResponse'],
    );
    expect(trace).toMatch(/ErrorResponse\t S "FATAL" .*C "08P01"/);
    expect(trace).not.toContain('ReadyForQuery');
  });

  test.each([
    ['is no message', frame('?', [Buffer.from('x')])],
    ['has no possible length', Buffer.from([0x64, 0, 0, 0, 1])],
    ['is a password', frame('p', [Buffer.from('secret\0')])],
  ])('that does not mind what %s loses its session all the same', async (_, bytes) => {
    const careless = (pieces: AsyncIterable<Uint8Array>): Promise<number> => count(pieces).catch(() => 77);
    const trace = await play(
      () => into(careless),
      ['CopyInResponse', query('copy')],
      ['ErrorResponse', data(), bytes],
      ['ErrorResponse'],
    );
    expect(trace).toContain('S "FATAL" V "FATAL" C "08P01" M "terminating connection because protocol');
    expect(trace).not.toContain('CommandComplete');
  });

  test('reads no faster than the handler asks, and the client has to wait', async () => {
    const started = new Latch();
    const goOn = new Latch();
    let taken = 0;
    const slow = async (pieces: AsyncIterable<Uint8Array>): Promise<number> => {
      for await (const piece of pieces) {
        taken += piece.length;
        started.open();
        await goOn.opened;
      }
      return 1;
    };
    await using server = await Listening.open(
      answering((sql) => (sql === 'select 1' ? oneRow() : into(slow))),
      options,
    );
    const client = await server.connect();
    client.send(serialize.startup({ user: 'alice' }));
    await client.until('ReadyForQuery');
    client.send(query('copy'));
    await client.until('CopyInResponse');
    const piece = data(Buffer.alloc(1_000_000));
    for (let at = 0; at < 60; at += 1) client.send(piece);
    await started.opened;
    const bystander = await Bystander.watch(server.port);
    await bystander.expectUnharmed();
    expect(taken).toBe(1_000_000);
    expect(client.stream.writableLength).toBeGreaterThan(10_000_000);
    goOn.open();
    client.send(serialize.copyDone());
    expect(await client.until('ReadyForQuery')).toContain('COPY 1');
    expect(taken).toBe(60_000_000);
    client.stream.destroy();
  });

  test('of a client that goes away stops reading', async () => {
    const failed = new Latch<unknown>();
    const receive = (pieces: AsyncIterable<Uint8Array>): Promise<number> =>
      count(pieces).catch((error: unknown) => {
        failed.open(error);
        throw error;
      });
    await using client = new Conversation(
      answering(() => into(receive)),
      options,
    );
    await client.start();
    client.send(query('copy'));
    await client.until('CopyInResponse');
    client.send(data());
    client.stream.destroy();
    expect(await failed.opened).toMatchObject({ sqlstate: '08006' });
  });
});

test('with copy by the server no COPY reaches the handler, with copy by the handler every one does', async () => {
  const statements: string[] = [];
  const connection = answering((sql) => {
    statements.push(sql);
    return tag('DONE');
  });
  for (const copy of ['server', 'handler'] as const) {
    await using client = new Conversation(connection, { copy });
    await client.start();
    await client.ask(query('copy t (a) from stdin'));
    await client.ask(query('copy t (a) from stdin where a > 1'));
  }
  expect(statements).toEqual(['copy t (a) from stdin', 'copy t (a) from stdin where a > 1']);
});

test('a driver is not confused by COPY data that it did not expect', async () => {
  await using server = await Listening.open(
    answering((sql) => (sql === 'select 1' ? oneRow() : out())),
    options,
  );
  const client = new pg.Client({ host: '127.0.0.1', port: server.port, user: 'alice', database: 'x' });
  await client.connect();
  try {
    expect(await client.query('select 2')).toMatchObject({ command: 'COPY', rowCount: 2, rows: [] });
    expect(await client.query('select $1', ['a'])).toMatchObject({ command: 'COPY', rowCount: 2, rows: [] });
    expect((await client.query('select 1')).rows).toHaveLength(1);
  } finally {
    await client.end();
  }
});

import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { encodedRows, type QueryCallback, type QueryResult, rows, tag } from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';
import { bind, execute, extended, flush, parse, query, sync } from '../../frames.js';
import { Latch } from '../../latch.js';
import { integers, TrackedSource } from '../../tracked-source.js';
import { untyped } from '../../untyped.js';

const oneRow =
  'RowDescription\t 1 "n" 0 0 23 4 -1 0\nB\t11\tDataRow\t 1 1 \'7\'\nB\t13\tCommandComplete\t "SELECT 1"\n';
const noAnswer = 'C "XX000" M "handleQuery finished without an answer"';

describe('a handler answers by', () => {
  test.each<[string, (callback: QueryCallback) => QueryResult | Promise<QueryResult> | undefined]>([
    ['its return value', () => integers(7)],
    ['a promise', () => Promise.resolve(integers(7))],
    ['a promise that takes its time', () => setImmediate(integers(7))],
    ['the callback, at once', (callback) => void callback(integers(7))],
    ['the callback, later', (callback) => void setImmediate().then(() => callback(integers(7)))],
    ['the callback, before it returns a promise of nothing', async (callback) => untyped(callback(integers(7)))],
  ])('%s', async (_, answer) => {
    await using client = new Conversation(answering((_sql, _context, callback) => answer(callback)));
    await client.start();
    expect(await client.ask(query('select'))).toContain(oneRow);
    expect(await client.ask(extended('select'), sync())).toContain(oneRow);
  });

  test('a tag to the callback', async () => {
    await using client = new Conversation(
      answering((_sql, _context, callback) => void callback('INSERT 0 1', { isTag: true })),
    );
    await client.start();
    expect(await client.ask(query('insert'))).toContain('CommandComplete\t "INSERT 0 1"');
  });

  test.each<[string, Parameters<QueryCallback>[0], string]>([
    [
      'as Python’s triple',
      untyped(['ERROR', '42P01', 'no such table']),
      'S "ERROR" V "ERROR" C "42P01" M "no such table"',
    ],
    ['as a triple of no SQLSTATE', untyped(['ERROR', 'EPIPE', 'broken']), 'C "XX000" M "broken"'],
    [
      'as a triple of a severity that no error has',
      untyped(['NOTICE', '42P01', 'no']),
      'S "ERROR" V "ERROR" C "42P01"',
    ],
    ['as a triple that is too short', untyped(['ERROR']), 'C "XX000" M "unknown error"'],
    ['as fields', untyped({ sqlstate: '22012', message: 'no', hint: 'try' }), 'C "22012" M "no" H "try"'],
    ['as an Error', untyped(new Error('no')), 'C "XX000" M "no"'],
    ['as an Error with a code', untyped(Object.assign(new Error('no'), { code: '22012' })), 'C "22012" M "no"'],
  ])('an error to the callback, %s', async (_, error, expected) => {
    await using client = new Conversation(
      answering((_sql, _context, callback) => void callback(untyped(error), { isError: true })),
    );
    await client.start();
    const trace = await client.ask(query('select'));
    expect(trace).toContain(expected);
    expect(trace).toContain('ReadyForQuery\t I');
  });

  test.each([
    ['a triple', untyped(['FATAL', '57P01', 'bye'])],
    ['fields', { severity: 'FATAL', sqlstate: '57P01', message: 'bye' }],
  ])('FATAL to the callback as %s, which ends the session', async (_, error) => {
    await using client = new Conversation(
      answering((_sql, _context, callback) => void callback(untyped(error), { isError: true })),
    );
    await client.start();
    client.send(query('select'), query('select'));
    expect(await client.untilEnd()).toMatch(/^B\t\d+\tErrorResponse\t S "FATAL" V "FATAL" C "57P01" M "bye" \\x00\n$/);
  });
});

describe('a handler that does not answer', () => {
  test.each<[string, string, (callback: QueryCallback) => QueryResult | Promise<QueryResult> | undefined]>([
    ['and returns a promise of undefined', noAnswer, async () => untyped(undefined)],
    [
      'but calls back with undefined',
      'M "handleQuery answered with undefined',
      (callback) => void callback(untyped(undefined)),
    ],
  ])('%s', async (_, expected, answer) => {
    await using client = new Conversation(answering((_sql, _context, callback) => answer(callback)));
    await client.start();
    const trace = await client.ask(query('select'));
    expect(trace).toContain(expected);
    expect(trace).toContain('ReadyForQuery\t I');
  });

  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');

  async function collectUntil(done: () => boolean): Promise<void> {
    while (!done()) {
      collectGarbage();
      await setImmediate();
    }
  }

  test('and drops its callback is found out when that is collected', async () => {
    await using client = new Conversation(answering(() => undefined));
    await client.start();
    let answered = false;
    const answer = client.ask(query('select')).finally(() => {
      answered = true;
    });
    await collectUntil(() => answered);
    expect(await answer).toContain(noAnswer);
  });

  test('yet, but keeps its callback, is waited for', async () => {
    const kept: QueryCallback[] = [];
    await using client = new Conversation(answering((_sql, _context, callback) => void kept.push(callback)));
    await client.start();
    const answer = client.ask(query('select'));
    for (let i = 0; i < 5; i += 1) {
      collectGarbage();
      await setImmediate();
    }
    kept[0]?.(integers(7));
    expect(await answer).toContain(oneRow);
  });

  test('yet, but has promised to, is waited for, whatever becomes of its callback', async () => {
    const latch = new Latch<QueryResult>();
    await using client = new Conversation(answering(() => latch.opened));
    await client.start();
    const answer = client.ask(query('select'));
    for (let i = 0; i < 5; i += 1) {
      collectGarbage();
      await setImmediate();
    }
    latch.open(integers(7));
    expect(await answer).toContain(oneRow);
  });
});

describe('the first answer counts', () => {
  test('and a later result is released without being read', async () => {
    const late = [
      new TrackedSource(integers(1)),
      new TrackedSource(integers(1)),
      new TrackedSource(integers(1)),
    ] as const;
    const encoded = { returned: 0 };
    const iterator = {
      next: () => ({ done: false, value: ['1'] }),
      return: () => ({ done: true, value: encoded.returned++ }),
    };
    await using client = new Conversation(
      answering((_sql, _context, callback) => {
        callback(integers(7));
        const opened = late.map((source) => source.batches());
        for (const batches of opened) void batches.next();
        callback(opened[0] ?? []);
        callback({ schema: late[1].schema, batches: opened[1] ?? [] });
        callback(encodedRows({ fields: [], rows: untyped({ [Symbol.iterator]: () => iterator }) }));
        return rows(opened[2] ?? [], { tag: 'X' });
      }),
    );
    await client.start();
    expect(await client.ask(query('select'))).toContain(oneRow);
    await Promise.all(late.map((source) => source.released));
    expect(late.map((source) => source.pulled)).toEqual([1, 1, 1]);
    expect(encoded.returned).toBe(1);
  });

  test.each<[string, (callback: QueryCallback) => QueryResult | Promise<QueryResult> | undefined]>([
    ['an error to the callback', (callback) => void callback(new Error('late'), { isError: true })],
    [
      'a throw',
      () => {
        throw new Error('late');
      },
    ],
    ['a rejection', () => Promise.reject(new Error('late'))],
  ])('and %s after it is logged', async (_, fail) => {
    await using client = new Conversation(
      answering((_sql, _context, callback) => {
        callback(tag('DONE'));
        return fail(callback);
      }),
    );
    await client.start();
    expect(await client.ask(query('select'))).toContain('"DONE"');
    expect(await client.ask(query('select'))).toContain('"DONE"');
    expect(client.logger.lines[0]).toMatchObject({
      level: 'warn',
      fields: { err: { message: 'late' } },
      message: 'a handler failed after the statement had its answer',
    });
  });

  test('and nothing after an error', async () => {
    await using client = new Conversation(
      answering((_sql, _context, callback) => {
        callback(untyped(['ERROR', '22012', 'first']), { isError: true });
        callback(tag('LATE'));
        return tag('LATER');
      }),
    );
    await client.start();
    const trace = await client.ask(query('select'));
    expect(trace).toContain('M "first"');
    expect(trace).not.toContain('LATE');
  });

  test('and a promise of nothing after it is none', async () => {
    await using client = new Conversation(
      answering(async (_sql, _context, callback) => {
        callback(tag('DONE'));
        await setImmediate();
        return untyped(undefined);
      }),
    );
    await client.start();
    expect(await client.ask(query('select'))).toContain('"DONE"');
    await client.ask(query('select'));
    expect(client.logger.lines).toEqual([]);
  });
});

describe('a handler is told', () => {
  test('the statement’s text without its semicolon, the session, and how it was asked', async () => {
    const seen: unknown[] = [];
    await using client = new Conversation(
      answering((sql, { session, describe, protocol, args, parameterTypes }) => {
        seen.push({ sql, user: session.user, describe, protocol, args, parameterTypes });
        return integers(7);
      }),
    );
    await client.start();
    await client.ask(query(" Select 'A' ; "));
    await client.ask(parse("Select 'B', $1, $2;", '', [23]), bind({ values: ['5', null] }), execute(), sync());
    const common = { user: 'alice', describe: false };
    expect(seen).toEqual([
      { ...common, sql: "Select 'A'", protocol: 'simple', args: [], parameterTypes: [] },
      { ...common, sql: "Select 'B', $1, $2", protocol: 'extended', args: [5, null], parameterTypes: [23, 0] },
    ]);
  });

  test('statements of one client one after another, and of several at the same time', async () => {
    const events: string[] = [];
    const latches = [new Latch(), new Latch()];
    await using client = new Conversation(
      answering(async (sql) => {
        events.push(`begin ${sql}`);
        await latches[Number(sql)]?.opened;
        events.push(`end ${sql}`);
        return tag(sql);
      }),
    );
    await client.start();
    client.send(query('0'), query('1'), parse('2'), bind(), execute(), flush());
    latches[1]?.open();
    latches[0]?.open();
    await client.until('BindComplete');
    await client.until('CommandComplete');
    expect(events).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
  });
});

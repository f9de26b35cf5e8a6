import { DateDay, makeData, Table, tableFromArrays, Vector } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConnectionClass, copyIn, PgError, type QueryResult, tag, toArrow } from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';
import {
  bind,
  closeStatement,
  cstring,
  describePortal,
  describeStatement,
  execute,
  frame,
  parse,
  query,
  sync,
} from '../../frames.js';

const one = tableFromArrays({ n: Int32Array.of(1) });
const moment = toArrow([{ name: 'd', type: 'date' }], [['2026-11-30']]);
const many = toArrow(
  [{ name: 'n', type: 'int' }],
  Array.from({ length: 300 }, (_, at) => [at]),
);
const long = toArrow([{ name: 't', type: 'str' }], [['x'.repeat(20_000)]]);
const empty = toArrow([{ name: 'n', type: 'int' }], []);
/** The second of its rows is a day that PostgreSQL does not have. */
const broken = new Table({ d: new Vector([makeData({ type: new DateDay(), data: Int32Array.of(1, 2 ** 31 - 5) })]) });

/** What the handler answers, by the statement and how often it was asked before. */
const answers: Readonly<Record<string, (times: number) => QueryResult | Promise<QueryResult>>> = {
  'select one': () => one,
  'select fresh': (times) => toArrow([{ name: 'n', type: 'int' }], [[times], [null]]),
  'select moment': () => moment,
  'select many': () => many,
  'select long': () => long,
  'select empty': () => empty,
  'select later': (times) => Promise.resolve(toArrow([{ name: 'n', type: 'int' }], [[times]])),
  'select other': (times) => toArrow([{ name: times % 2 === 0 ? 'a' : 'b', type: 'int' }], [[1]]),
  'select tag': (times) => (times % 2 === 0 ? one : tag('DONE')),
  'select sometimes': (times) => {
    if (times % 3 === 2) throw new PgError({ sqlstate: '22012', message: 'division by zero' });
    return one;
  },
  'select never': () => Promise.reject(new PgError({ sqlstate: '22012', message: 'division by zero' })),
  'select rows': (times) => [{ n: times }],
  'select broken': () => broken,
};

function answeringConnection(): ReturnType<typeof answering> {
  const asked = new Map<string, number>();
  return answering((sql, { session }, callback) => {
    const times = asked.get(sql) ?? 0;
    asked.set(sql, times + 1);
    if (sql === 'select noticed') session.notice({ severity: 'NOTICE', message: `notice ${times}` });
    if (sql === 'select closing' && times === 1) session.close(new PgError({ severity: 'FATAL', message: 'enough' }));
    if (sql === 'select open' && times === 2) session.setTransactionStatus('T');
    if (sql === 'select load' && times >= 2) return copyIn({ format: 'text', columns: 1, receive });
    if (sql === 'select loading' && times >= 2) {
      return copyIn({ format: 'text', columns: 1, receive: () => Promise.reject(new Error('no room')) });
    }
    if (sql === 'select called') {
      callback(one);
      return undefined;
    }
    return (answers[sql] ?? (() => one))(times);
  });
}

/** The same, which says beforehand what a statement gives: of some something else than what comes. */
function describingConnection(asked: string[] = []): ConnectionClass {
  return class extends answeringConnection() {
    override handleDescribe(sql: string) {
      asked.push(sql);
      return {
        parameterTypes: [],
        schema: sql === 'select moment' ? moment.schema : sql === 'select tag' ? null : one.schema,
      };
    }
  };
}

async function receive(data: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of data) bytes += piece.length;
  return bytes;
}

/** Plays groups of messages, each as one piece or with its last byte by itself, which is then read in the ordinary way. */
async function play(
  groups: readonly Uint8Array[],
  how: 'whole' | 'cut',
  connection: ConnectionClass = answeringConnection(),
): Promise<string> {
  await using client = new Conversation(connection, { sessionStatements: 'server' });
  await client.start();
  let trace = '';
  for (const group of groups) {
    if (how === 'whole') client.send(group);
    else for (const part of [group.subarray(0, -1), group.subarray(-1)]) client.send(part);
    trace += await client.until('ReadyForQuery');
  }
  return trace;
}

function run(statement: string, options: { describe?: boolean; formats?: readonly number[] } = {}): Uint8Array {
  const { describe: described = true, formats = [] } = options;
  return Buffer.concat([
    bind({ statement, resultFormats: formats }),
    ...(described ? [describePortal()] : []),
    execute(),
    sync(),
  ]);
}

const prepare = (name: string, sql: string): Uint8Array =>
  Buffer.concat([closeStatement(name), parse(sql, name), sync()]);

describe('the same messages again are answered as they were the first time', () => {
  test.each([
    ...Object.keys(answers),
    'select noticed',
    'select called',
    '',
    'begin',
    'select 1; select 2',
    'set datestyle to german',
  ])('Query of %j', async (sql) => {
    const groups = Array.from({ length: 5 }, () => query(sql));
    expect(await play(groups, 'whole')).toBe(await play(groups, 'cut'));
  });

  test.each([...Object.keys(answers), 'select noticed', 'select called', '', 'begin', 'insert into t values (1)'])(
    'a portal of %j',
    async (sql) => {
      for (const options of [{}, { describe: false }, { formats: [1] }, { formats: [0, 0] }]) {
        const groups = [prepare('s', sql), ...Array.from({ length: 5 }, () => run('s', options))];
        expect(await play(groups, 'whole')).toBe(await play(groups, 'cut'));
      }
    },
  );

  test.each([...Object.keys(answers), 'select noticed', 'select called'])(
    'a portal of %j, which handleDescribe has told of',
    async (sql) => {
      for (const options of [{}, { describe: false }, { formats: [1] }, { formats: [0, 0] }]) {
        const groups = [prepare('s', sql), ...Array.from({ length: 5 }, () => run('s', options))];
        const whole = await play(groups, 'whole', describingConnection());
        expect(whole).toBe(await play(groups, 'cut', describingConnection()));
      }
    },
  );

  test('in any order, with whatever stands between', async () => {
    const statement = fc.constantFrom('a', 'b', 'gone');
    const sql = fc.constantFrom(...Object.keys(answers), 'select noticed', 'select called');
    const group = fc.oneof(
      sql.map(query),
      fc.constantFrom('begin', 'commit', 'rollback', 'savepoint s', 'set datestyle to german', 'reset all').map(query),
      fc
        .constantFrom('declare c cursor for select many', 'fetch 2 from c', 'set search_path to information_schema')
        .map(query),
      fc.tuple(statement, sql).map(([name, text]) => prepare(name, text)),
      fc
        .record({ statement, describe: fc.boolean(), formats: fc.constantFrom([], [0], [1]) })
        .map(({ statement: name, ...options }) => run(name, options)),
      statement.map((name) => Buffer.concat([bind({ statement: name, portal: 'p' }), execute('p', 1), sync()])),
    );
    const groups = fc
      .array(fc.tuple(group, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 12 })
      .map((entries) => entries.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes)));
    await fc.assert(
      fc.asyncProperty(groups, async (messages) => {
        expect(await play(messages, 'whole')).toBe(await play(messages, 'cut'));
      }),
      { numRuns: 150 },
    );
  });
});

describe('what the short cut must not forget', () => {
  const copyData = frame('d', [Buffer.from('1\n')]);
  const copyDone = frame('c', []);
  const copyFail = frame('f', [cstring('no')]);

  test.each([
    ['that succeeds', 'select load', [copyData, copyDone]],
    ['that the client fails', 'select load', [copyData, copyFail]],
    ['that the handler fails', 'select loading', [copyData, copyDone]],
    ['that the handler fails before there are data', 'select loading', []],
  ])('a COPY from the client %s, where rows came before', async (_, sql, data) => {
    const simple = [
      query(sql),
      query(sql),
      Buffer.concat([query(sql), ...data]),
      query('select one'),
      query('select two'),
    ];
    expect(await play(simple, 'whole')).toBe(await play(simple, 'cut'));
    const extended = [
      prepare('s', sql),
      run('s'),
      run('s'),
      Buffer.concat([run('s'), ...data, sync()]),
      query('select one'),
      prepare('t', 'select one'),
      query('select one'),
    ];
    expect(await play(extended, 'whole')).toBe(await play(extended, 'cut'));
  });

  test.each([
    ['Query', query('select open'), query('select open')],
    ['a portal', prepare('s', 'select open'), run('s')],
  ])('a transaction that its handler has begun elsewhere, by %s', async (_, first, again) => {
    const groups = [first, again, again, again, again, query('commit')];
    const trace = await play(groups, 'whole');
    expect(trace).toBe(await play(groups, 'cut'));
    expect(trace).toMatch(/ReadyForQuery\t T/);
  });

  test('a statement of the same name that has fewer columns than Bind has formats is not run', async () => {
    const asked: string[] = [];
    const two = toArrow(
      [
        { name: 'a', type: 'int' },
        { name: 'b', type: 'int' },
      ],
      [[1, 2]],
    );
    await using client = new Conversation(
      answering((sql) => {
        asked.push(sql);
        return sql === 'select two' ? two : one;
      }),
    );
    await client.start();
    await client.ask(query('select one'));
    await client.ask(prepare('s', 'select two'));
    for (let times = 0; times < 3; times += 1) await client.ask(run('s', { formats: [0, 1] }));
    await client.ask(Buffer.concat([closeStatement('s'), parse('select one', 's'), describeStatement('s'), sync()]));
    asked.length = 0;
    const trace = await client.ask(run('s', { formats: [0, 1] }));
    expect(trace).toContain('"08P01"');
    expect(trace).not.toContain('BindComplete');
    expect(asked).toEqual([]);
  });

  test('that what returns no rows is described as such, also when it fails', async () => {
    const fails = new PgError({ sqlstate: '23505', message: 'duplicate key' });
    await using client = new Conversation(
      answering(() => {
        throw fails;
      }),
    );
    await client.start();
    await client.ask(prepare('s', 'insert into t values (1)'));
    for (let times = 0; times < 3; times += 1) {
      expect((await client.ask(run('s'))).match(/NoData|23505/g)).toEqual(['NoData', '23505']);
    }
  });
});

test('handleDescribe is asked once, and what it said goes before what the statement does', async () => {
  const asked: string[] = [];
  await using client = new Conversation(describingConnection(asked));
  await client.start();
  await client.ask(prepare('s', 'select sometimes'));
  const kinds: (readonly string[])[] = [];
  for (let times = 0; times < 6; times += 1) {
    kinds.push((await client.ask(run('s'))).match(/RowDescription|DataRow|22012/g) ?? []);
  }
  const good = ['RowDescription', 'DataRow'];
  const bad = ['RowDescription', '22012'];
  expect(kinds).toEqual([good, good, bad, good, good, bad]);
  expect(asked).toEqual(['select sometimes']);
});

test('a pipeline of them is answered in order', async () => {
  await using client = new Conversation(answeringConnection());
  await client.start();
  await client.ask(prepare('s', 'select sometimes'));
  client.send(Buffer.concat(Array.from({ length: 250 }, () => run('s'))));
  let trace = '';
  while (trace.split('ReadyForQuery').length <= 250) trace += await client.until('ReadyForQuery');
  expect(trace.match(/DataRow/g)).toHaveLength(167);
  expect(trace.match(/22012/g)).toHaveLength(83);
});

test('one whose handler ends the session is the last', async () => {
  await using client = new Conversation(answeringConnection());
  await client.start();
  const first = await client.ask(query('select closing'));
  client.send(query('select closing'));
  const last = await client.untilEnd();
  expect(first).toContain('DataRow');
  expect(last).toContain('"enough"');
  expect(last).not.toMatch(/DataRow|ReadyForQuery/);
});

test('a statement of the same name that gives other columns is described anew', async () => {
  await using client = new Conversation(answeringConnection());
  await client.start();
  await client.ask(prepare('s', 'select one'));
  for (let times = 0; times < 3; times += 1) expect(await client.ask(run('s'))).toContain('"n"');
  await client.ask(prepare('s', 'select moment'));
  for (let times = 0; times < 3; times += 1) expect(await client.ask(run('s'))).toContain('"d"');
});

test('values that change in the same table are sent as they are', async () => {
  const values = Int32Array.of(1);
  const table = tableFromArrays({ n: values });
  await using client = new Conversation(answering(() => table));
  await client.start();
  for (let times = 1; times <= 4; times += 1) {
    values[0] = times;
    expect(await client.ask(query('select n'))).toContain(`DataRow\t 1 1 '${times}'`);
  }
});

import { typeOid } from '@riffq/wire';
import { Field, Int32, Schema } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import {
  BaseConnection,
  type QueryResult,
  type StatementContext,
  type StatementDescription,
  tag,
} from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';
import {
  bind,
  describePortal,
  describeStatement,
  execute,
  extended,
  flush,
  int16,
  parse,
  query,
  sync,
} from '../../frames.js';
import { integers } from '../../tracked-source.js';
import { cannotDescribe, countingRuns } from '../counting-runs.js';

const column = 'RowDescription\t 1 "n" 0 0 23 4 -1 0\n';

/** These messages, one behind the other. */
const messages = (...lines: readonly string[]): RegExp =>
  new RegExp(lines.map((line) => `B\\t\\d+\\t${line}\\n`).join(''));

describe('the five steps of Describe:', () => {
  test('1. handleDescribe answers, and nothing runs', async () => {
    const runs: string[] = [];
    const asked: (readonly [string, readonly number[], string])[] = [];
    await using client = new Conversation(
      class extends countingRuns(runs) {
        override async handleDescribe(sql: string, { parameterTypes, session }: StatementContext) {
          asked.push([sql, parameterTypes, session.user]);
          return { parameterTypes: [typeOid.int8, typeOid.uuid], schema: integers().schema };
        }
      },
    );
    await client.start();
    const trace = await client.ask(parse('select $1, $2', 's', [typeOid.int2]), describeStatement('s'), sync());
    expect(trace).toContain(`ParameterDescription\t 2 ${typeOid.int2} ${typeOid.uuid}\n`);
    expect(trace).toContain(column);
    expect(asked).toEqual([['select $1, $2', [typeOid.int2, 0], 'alice']]);
    expect(await client.ask(bind({ statement: 's', values: ['1', null] }), describePortal(), sync())).toContain(column);
    expect(asked).toHaveLength(1);
    expect(runs).toEqual([]);
  });

  test('1. handleDescribe is asked again when a statement is, whose columns may have changed', async () => {
    let { schema } = integers();
    await using client = new Conversation(
      class extends countingRuns([]) {
        override handleDescribe(): StatementDescription {
          return { parameterTypes: [], schema };
        }
      },
    );
    await client.start();
    expect(await client.ask(parse('select', 's'), describeStatement('s'), sync())).toContain(column);
    const changed = messages('ParameterDescription.*', 'ErrorResponse.* C "0A000" M "cached plan must not change .*');
    schema = new Schema([new Field('m', new Int32(), true)]);
    for (let time = 0; time < 2; time += 1) expect(await client.ask(describeStatement('s'), sync())).toMatch(changed);
    expect(await client.ask(parse('select', 't'), describeStatement('t'), sync())).toContain(' "m" ');
    schema = integers().schema;
    expect(await client.ask(describeStatement('s'), sync())).toContain(column);
  });

  test('1. handleDescribe is asked at Bind for the types of parameters that nobody declared, whatever their format', async () => {
    const given: unknown[] = [];
    const described: string[] = [];
    await using client = new Conversation(
      class extends answering((_, { args }) => {
        given.push(...args);
        return integers();
      }) {
        override handleDescribe(sql: string): StatementDescription {
          described.push(sql);
          return { parameterTypes: [typeOid.int2, typeOid.text], schema: integers().schema };
        }
      },
    );
    await client.start();
    const binary = { values: [int16(-7), Buffer.from('x')], parameterFormats: [1] };
    await client.ask(parse('select $1, $2'), bind(binary), execute(), sync());
    await client.ask(parse('select $1, $2'), bind({ values: ['-8', null] }), execute(), sync());
    expect(given).toEqual([-7, 'x', -8, null]);
    expect(described).toEqual(['select $1, $2', 'select $1, $2']);
    given.length = 0;
    const named = bind({ statement: 's', values: ['5', 'y'] });
    await client.ask(parse('select $2, $1', 's'), named, describePortal(), execute(), sync());
    for (const _ of [2, 3]) await client.ask(named, execute(), sync());
    expect(given).toEqual([5, 'y', 5, 'y', 5, 'y']);
    expect(described.slice(2)).toEqual(['select $2, $1']);
    // As PostgreSQL says it, which knows the types as well.
    const wrong = await client.ask(bind({ statement: 's', values: ['abc', 'y'] }), execute(), sync());
    expect(wrong).toContain('C "22P02" M "invalid input syntax for type smallint: "abc""');
    await client.ask(parse('select $1'), bind({ values: [null] }), execute(), sync());
    expect(described).toHaveLength(3);
  });

  test('1. handleDescribe answers for a portal before its statement is run, which may say something, or fail', async () => {
    const runs: string[] = [];
    class Connection extends BaseConnection {
      override handleQuery(sql: string): QueryResult {
        runs.push(sql);
        this.session.notice({ severity: 'NOTICE', sqlstate: '00000', message: 'said' });
        if (sql === 'fail') throw new Error('failed');
        return sql === 'do' ? tag('DO') : integers(7);
      }

      override handleDescribe(sql: string): StatementDescription {
        return { parameterTypes: [], schema: sql === 'select' ? integers().schema : null };
      }
    }
    await using client = new Conversation(Connection);
    await client.start();
    await client.ask(parse('select', 's'), sync());
    const again = Buffer.concat([bind({ statement: 's' }), describePortal(), execute()]);
    const said = 'NoticeResponse.*';
    const answers = ['DataRow', 'CommandComplete', 'ReadyForQuery'].map((name) => `${name}.*`);
    for (const frames of [extended('select'), again, again, again]) {
      expect(await client.ask(frames, sync())).toMatch(messages('RowDescription.*', said, ...answers));
    }
    expect(await client.ask(extended('do'), sync())).toMatch(messages('NoData', said, 'CommandComplete.*'));
    expect(await client.ask(extended('fail'), sync())).toMatch(messages('NoData', said, 'ErrorResponse.*'));
    expect(runs).toEqual(['select', 'select', 'select', 'select', 'do', 'fail']);
  });

  test('1. of what handleDescribe describes, a wrong number of result formats is told at Bind', async () => {
    await using client = new Conversation(
      class extends countingRuns([]) {
        override handleDescribe(): StatementDescription {
          return { parameterTypes: [], schema: integers().schema };
        }
      },
    );
    await client.start();
    const trace = await client.ask(parse('select 1'), bind({ resultFormats: [0, 0] }), sync());
    expect(trace).toContain('C "08P01" M "bind message has 2 result formats but query has 1 columns"');
    expect(trace).not.toContain('BindComplete');
  });

  test('1. handleDescribe may say that there are no rows, name fields, and find more parameters', async () => {
    const descriptions: StatementDescription[] = [
      { parameterTypes: [typeOid.int4], schema: null },
      { parameterTypes: [], schema: [{ name: 'x', typeOid: typeOid.jsonb, format: 'binary' }] },
    ];
    await using client = new Conversation(
      class extends countingRuns([]) {
        override handleDescribe(): StatementDescription {
          return descriptions.shift() ?? { parameterTypes: [], schema: null };
        }
      },
    );
    await client.start();
    expect(await client.ask(parse('select ?', 's'), describeStatement('s'), sync())).toMatch(
      /ParameterDescription\t 1 23\nB\t4\tNoData\n/,
    );
    expect(await client.ask(parse('select 2'), describeStatement(), sync())).toContain(
      'RowDescription\t 1 "x" 0 0 3802 65535 -1 0\n',
    );
  });

  test('1. what handleDescribe throws is the answer, with its place in the client’s text', async () => {
    await using client = new Conversation(
      class extends countingRuns([]) {
        override handleDescribe(): never {
          throw Object.assign(new Error('no column x'), { code: '42703', position: 8 });
        }
      },
    );
    await client.start();
    expect(await client.ask(parse('/* ä */ select x'), describeStatement(), sync())).toContain(
      'C "42703" M "no column x" P "16"',
    );
  });

  test.each([
    ...[
      'insert into t values (1)',
      'UPDATE t SET a = 1',
      'delete from t',
      'merge into t using s on true when matched then delete',
    ],
    ...[
      'create table t (n int)',
      'drop table t',
      'alter table t add n int',
      'truncate t',
      'grant all on t to u',
      'vacuum',
      'set a = 1',
    ],
    ...[
      'begin',
      'commit',
      'do $$ begin end $$',
      '/* select */ refresh materialized view m',
      "select 'x' into t",
      'lock t',
    ],
  ])('2. %s is NoData, and nothing runs', async (sql) => {
    const runs: string[] = [];
    await using client = new Conversation(countingRuns(runs));
    await client.start();
    expect(await client.ask(parse(sql), describeStatement(), sync())).toMatch(
      /ParameterDescription\t 0\nB\t4\tNoData\n/,
    );
    expect(await client.ask(bind(), describePortal(), sync())).toMatch(/BindComplete\nB\t4\tNoData\n/);
    expect(runs).toEqual([]);
  });

  test.each([
    ...[
      'insert into t values (1) returning n',
      'call p()',
      'execute s',
      'fetch 1 from c',
      'explain (analyze) delete from t',
    ],
    'with x as (delete from t returning *) select * from x',
  ])('3. %s is refused, unless its Execute follows directly', async (sql) => {
    const runs: string[] = [];
    await using client = new Conversation(countingRuns(runs));
    await client.start();
    expect(await client.ask(parse(sql), describeStatement(), sync())).toContain(cannotDescribe);
    expect(await client.ask(parse(sql), bind(), describePortal(), sync())).toContain(cannotDescribe);
    expect(await client.ask(parse(sql), bind({ portal: 'p' }), describePortal('p'), execute(), sync())).toContain(
      cannotDescribe,
    );
    expect(runs).toEqual([]);
    expect(await client.ask(extended(sql), sync())).toContain('CommandComplete');
    expect(runs).toEqual([sql]);
  });

  test.each([
    'select * from t for update',
    'with x as (select 1) select * from x for no key update',
    'explain insert into t values (1)',
  ])('3. %s writes nothing and is not refused', async (sql) => {
    await using client = new Conversation(answering(() => integers(7)));
    await client.start();
    expect(await client.ask(parse(sql), describeStatement(), sync())).toContain(column);
  });

  test('4. a portal that is described and then executed runs once, also with Flush or Close between', async () => {
    const runs: string[] = [];
    await using client = new Conversation(countingRuns(runs));
    await client.start();
    client.send(parse('select 1', 's'), bind({ statement: 's' }), describePortal(), flush());
    expect(await client.until('RowDescription')).toContain(column);
    expect(await client.ask(execute(), sync())).toMatch(/DataRow\t 1 1 '7'\nB\t13\tCommandComplete/);
    expect(runs).toHaveLength(1);
    await client.ask(bind({ statement: 's' }), describePortal(), parse('select 2'), execute(), sync());
    expect(runs).toEqual(['select 1', 'select 1']);
  });

  test('5. a statement is described by handleQuery with describe: true, once', async () => {
    const described: boolean[] = [];
    await using client = new Conversation(
      answering((_, context) => {
        described.push(context.describe);
        return integers(7);
      }),
    );
    await client.start();
    await client.ask(parse('select 1', 's'), describeStatement('s'), describeStatement('s'), sync());
    await client.ask(bind({ statement: 's' }), describePortal(), execute(), sync());
    expect(described).toEqual([true, false]);
  });

  test('5. the types that were told hold when the same unnamed statement is parsed again', async () => {
    const given: unknown[] = [];
    await using client = new Conversation(
      answering((_, { args, describe }) => {
        if (!describe) given.push(...args);
        return integers();
      }),
    );
    await client.start();
    const binary = { values: [Buffer.from('x')], parameterFormats: [1] };
    await client.ask(parse('select $1'), describeStatement(), sync());
    await client.ask(parse('select $1'), bind(binary), execute(), sync());
    await client.ask(parse('select $1, 2'), bind(binary), execute(), sync());
    expect(given).toEqual(['x', Uint8Array.of(120)]);
  });

  test('5. an error of the handler is the answer, and the next Describe asks again', async () => {
    const answers: (() => QueryResult)[] = [
      () => {
        throw new Error('not yet');
      },
      () => integers(7),
    ];
    await using client = new Conversation(answering(() => answers.shift()?.()));
    await client.start();
    expect(await client.ask(parse('select 1', 's'), describeStatement('s'), sync())).toContain('M "not yet"');
    expect(await client.ask(describeStatement('s'), sync())).toContain(column);
  });

  test('5. a tag means no rows', async () => {
    await using client = new Conversation(answering(() => tag('PRAGMA')));
    await client.start();
    expect(await client.ask(parse('pragma x'), describeStatement(), sync())).toContain('NoData');
  });
});

describe('a result of other columns than were described is refused with 0A000:', () => {
  const refused = 'C "0A000" M "cached plan must not change result type"';
  const text = { schema: new Schema([new Field('m', new Int32())]), batches: [] };

  test.each<[string, QueryResult]>([
    ['another name', text],
    ['another type', [{ n: 'x' }]],
    ['one column more', [{ n: 1, m: 2 }]],
    ['no rows at all', tag('DONE')],
  ])('%s', async (_, second) => {
    const answers = [integers(7), second];
    await using client = new Conversation(answering(() => answers.shift() ?? integers(7)));
    await client.start();
    await client.ask(parse('select 1', 's'), describeStatement('s'), sync());
    expect(await client.ask(bind({ statement: 's' }), execute(), sync())).toContain(refused);
    expect(await client.ask(bind({ statement: 's' }), execute(), sync())).toContain('"SELECT 1"');
  });

  test('rows where none were', async () => {
    await using client = new Conversation(answering(() => integers(7)));
    await client.start();
    await client.ask(parse('insert into t values (1)', 's'), describeStatement('s'), sync());
    expect(await client.ask(bind({ statement: 's' }), execute(), sync())).toContain(refused);
  });
});

describe('parameters that the client did not type', () => {
  test('are counted from the text, told as text, and given as text', async () => {
    const seen: unknown[] = [];
    await using client = new Conversation(
      answering((_, { args, parameterTypes }) => {
        seen.push([args, parameterTypes]);
        return integers(7);
      }),
    );
    await client.start();
    const trace = await client.ask(
      parse("select $2, '$9', $1 -- $8", 's', [typeOid.int4]),
      describeStatement('s'),
      sync(),
    );
    expect(trace).toContain('ParameterDescription\t 2 23 25\n');
    await client.ask(
      bind({ statement: 's', parameterFormats: [1], values: [Buffer.of(0, 0, 0, 5), 'é'] }),
      execute(),
      sync(),
    );
    expect(seen.at(-1)).toEqual([
      [5, 'é'],
      [23, 25],
    ]);
  });

  test('are bytes when an undescribed statement gets them in binary', async () => {
    const seen: unknown[] = [];
    await using client = new Conversation(
      answering((_, { args }) => {
        seen.push(args);
        return integers(7);
      }),
    );
    await client.start();
    await client.ask(parse('select $1'), bind({ parameterFormats: [1], values: [Buffer.of(1, 2)] }), execute(), sync());
    expect(seen).toEqual([[Uint8Array.of(1, 2)]]);
  });

  test('are at most 65,535', async () => {
    await using client = new Conversation(answering(({ length }) => [{ length }]));
    await client.start();
    expect(await client.ask(parse('select $65536'), sync())).toContain('C "42P02" M "there is no parameter $65536"');
    expect(await client.ask(parse('select $4294967295'), sync())).toContain('C "42P02"');
    const values = Array.from({ length: 65_535 }, () => 'x');
    expect(await client.ask(parse('select $65535'), bind({ values }), execute(), sync())).toContain('"SELECT 1"');
  });
});

describe('a connection class', () => {
  test('with handleDescribe is asked as a method of its object', async () => {
    class Connection extends BaseConnection {
      readonly columns = integers().schema;
      override handleQuery(): QueryResult {
        return integers(7);
      }
      override handleDescribe(): StatementDescription {
        return { parameterTypes: [], schema: this.columns };
      }
    }
    await using client = new Conversation(Connection);
    await client.start();
    expect(await client.ask(parse('select 1'), describeStatement(), sync())).toContain(column);
    expect(await client.ask(query('select 1'))).toContain('"SELECT 1"');
  });
});

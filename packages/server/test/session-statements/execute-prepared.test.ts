import { typeOid } from '@riffq/wire';
import { expect, test } from 'vitest';
import { BaseConnection, PgError, type QueryContext, tag } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { query } from '../frames.js';
import { integers } from '../tracked-source.js';

const server = { sessionStatements: 'server' } as const;

/** What the handler was given by statements, one after another, and the last answer's trace. */
async function given(...statements: readonly string[]) {
  const calls: { readonly sql: string; readonly args: QueryContext['args']; readonly types: readonly number[] }[] = [];
  await using client = new Conversation(
    answering((sql, { args, parameterTypes }) => {
      calls.push({ sql, args, types: parameterTypes });
      return integers(1);
    }),
    server,
  );
  await client.start();
  let trace = '';
  for (const sql of statements) trace = await client.ask(query(sql));
  return { calls, trace };
}

test.each([
  ['int2', '-32768', -32768],
  ['bigint', '1', 1n],
  ['bigint', "'9223372036854775807'", 9223372036854775807n],
  ['double precision', '-1.5e3', -1500],
  ['real', '.5', 0.5],
  ['numeric(10,2)', '1.50', '1.50'],
  ['boolean', 'true', true],
  ['bool', "'f'", false],
  ['text', '12', '12'],
  ['varchar(5)', "E'a\\nb'", 'a\nb'],
  ['character varying', "'it''s'", "it's"],
  ['text', '$x$raw$x$', 'raw'],
  ['text', 'null', null],
  ['bytea', "'\\x01ff'", Uint8Array.of(1, 255)],
  ['int[]', "'{1,NULL,3}'", [1, null, 3]],
  ['integer array', "'{1}'::int[]", [1]],
  ['timestamp with time zone', "'2026-01-02 03:04:05+00'", '2026-01-02 03:04:05+00'],
  ['timestamp(3)', "date '2026-01-02'", '2026-01-02 00:00:00'],
  ['pg_catalog.int4', 'cast(7 as int8)', 7],
  ['uuid', "'00000000-0000-0000-0000-000000000001'", '00000000-0000-0000-0000-000000000001'],
  ['unknown', "'x'", 'x'],
])('EXECUTE gives a %s of %s to the handler', async (type, constant, expected) => {
  const { calls } = await given(`prepare s (${type}) as select $1`, `execute s (${constant})`);
  expect(calls).toMatchObject([{ sql: 'select $1', args: [expected] }]);
});

test('what nobody declared is text', async () => {
  const { calls } = await given('prepare s as select $2, $1', "execute s (1, 'x')");
  expect(calls).toEqual([{ sql: 'select $2, $1', args: ['1', 'x'], types: [0, 0] }]);
});

test.each(['1 + 1', 'now()', '$1', 'array[1 + 1]', 'current_date', "'a' || 'b'", '(select 1)', "b'01'", '', '1 2'])(
  'EXECUTE refuses what is no constant: %s',
  async (expression) => {
    const { calls, trace } = await given('prepare s (text) as select $1', `execute s (${expression})`);
    expect(calls).toEqual([]);
    expect(trace).toContain('C "0A000" M "EXECUTE takes constants only" H "Give values such as');
  },
);

test('handleDescribe says what nobody declared', async () => {
  const seen: unknown[] = [];
  class Describing extends BaseConnection {
    override handleQuery(_: string, __: unknown, { args, parameterTypes }: QueryContext) {
      seen.push(args, parameterTypes);
      return tag('INSERT 0 1');
    }
    override handleDescribe() {
      return { parameterTypes: [typeOid.int8], schema: null };
    }
  }
  await using client = new Conversation(Describing, server);
  await client.start();
  await client.ask(query('prepare s as insert into t values ($1)'));
  expect(await client.ask(query('execute s (5)'))).toContain('"INSERT 0 1"');
  expect(seen).toEqual([[5n], [typeOid.int8]]);
});

test('an error’s position in the prepared text is not told as one in EXECUTE', async () => {
  await using client = new Conversation(
    answering(() => {
      throw new PgError({ sqlstate: '42703', message: 'no such column', position: 8 });
    }),
    server,
  );
  await client.start();
  await client.ask(query('prepare s as select x'));
  const trace = await client.ask(query('execute s'));
  expect(trace).toContain('"no such column"');
  expect(trace).not.toContain(' P "');
});

test.each([
  'prepare',
  'prepare s',
  'prepare s as',
  'prepare (int) as select',
  "prepare transaction 'x'",
  'execute',
  'execute s (1) x',
])('%s is nothing that the session knows, and the handler’s', async (sql) => {
  expect((await given(sql)).calls).toMatchObject([{ sql }]);
});

test.each([
  ['explain execute s (1)', 'explain select $1'],
  ['EXPLAIN ANALYZE VERBOSE EXECUTE s (1)', 'EXPLAIN ANALYZE VERBOSE select $1'],
  ['explain (analyze, format json) execute s (1)', 'explain (analyze, format json) select $1'],
])('%s explains what was prepared', async (explain, sql) => {
  const { calls } = await given('prepare s (int) as select $1', explain);
  expect(calls).toEqual([{ sql, args: [1], types: [typeOid.int4] }]);
});

test("EXPLAIN EXECUTE of a name that does not exist is refused, other EXPLAINs are the handler's", async () => {
  const { calls, trace } = await given('explain select 1', 'explain execute (select 1)', 'explain execute none');
  expect(calls.map(({ sql }) => sql)).toEqual(['explain select 1', 'explain execute (select 1)']);
  expect(trace).toContain('C "26000" M "prepared statement "none" does not exist"');
});

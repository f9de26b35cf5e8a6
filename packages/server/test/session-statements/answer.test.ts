import { normaliseTrace } from '@riffq/testing';
import { describe, expect, inject, test } from 'vitest';
import { type ServerOptions, tag } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { describeStatement, extended, parse, query, sync } from '../frames.js';
import { connectToOracle } from '../oracle-frontend.js';
import { integers } from '../tracked-source.js';

/** What reached the handler, and the trace. */
async function asked(options: ServerOptions, ...frames: readonly (readonly Uint8Array[])[]) {
  const handled: string[] = [];
  await using client = new Conversation(
    answering((sql) => {
      handled.push(sql);
      return /^show/i.test(sql) ? integers(7) : tag('FROM THE HANDLER');
    }),
    options,
  );
  await client.start();
  const traces: string[] = [];
  for (const turn of frames) traces.push(await client.ask(...turn));
  return { handled, traces };
}

const sessionStatements = [
  ...["set timezone = 'UTC'", 'show timezone', 'reset all', 'discard all', 'deallocate all', 'close all', 'unlisten *'],
  ...["set local application_name = 'x'", 'set session characteristics as transaction read only'],
];
const isolation = ['SHOW transaction_isolation', 'show transaction isolation level', 'Show "transaction_isolation"'];

describe("sessionStatements: 'handler'", () => {
  test.each(sessionStatements)('%s reaches the handler', async (sql) => {
    expect((await asked({}, [query(sql)])).handled).toEqual([sql]);
    expect((await asked({}, [extended(sql), sync()])).handled).toEqual([sql]);
  });

  test.each(isolation)('%s is the session’s all the same', async (sql) => {
    const { handled, traces } = await asked(
      {},
      [query(sql)],
      [extended(sql), sync()],
      [parse(sql), describeStatement(), sync()],
    );
    expect(handled).toEqual([]);
    for (const trace of traces)
      expect(trace).toContain('RowDescription\t 1 "transaction_isolation" 0 0 25 65535 -1 0\n');
    expect(traces[0]).toContain('read committed');
  });

  test('the isolation level of BEGIN is told', async () => {
    const { traces } = await asked(
      {},
      [query('begin isolation level serializable')],
      [query('show transaction_isolation')],
    );
    expect(traces[1]).toContain("'serializable'");
  });
});

describe("sessionStatements: 'server'", () => {
  const server: ServerOptions = { sessionStatements: 'server' };

  test.each([...sessionStatements, ...isolation])('%s is the session’s', async (sql) => {
    expect(
      (await asked(server, [query(sql)], [extended(sql), sync()], [parse(sql), describeStatement(), sync()])).handled,
    ).toEqual([]);
  });

  test.each([
    ...['set global threads = 4', 'show all tables', 'set x.y', 'set', 'reset', 'show', 'discard', 'discard nothing'],
    ...["set transaction snapshot 'x'", 'set transaction isolation level chaos', 'deallocate', 'close'],
    ...['set schema', 'set session authorization', 'show a b', 'set a b c'],
    ...['fetch 9223372036854775807 from c', 'move -2147483648 c', 'fetch absolute 2147483648 c'],
  ])('%s is nothing that the session knows, and the handler’s', async (sql) => {
    expect((await asked(server, [query(sql)])).handled).toEqual([sql]);
  });

  const ofThreads = ['set threads = 4', 'set session threads = 4', 'show threads', 'reset threads'];

  test.each(ofThreads)('%s is refused where the handler does not say that it has it', async (sql) => {
    const { handled, traces } = await asked(server, [query(sql)], [extended(sql), sync()]);
    expect(handled).toEqual([]);
    for (const trace of traces) {
      expect(trace).toContain('C "42704" M "unrecognized configuration parameter "threads"" H "A name with a dot');
    }
  });

  test('SHOW of a setting that there is not fails in Parse, as with PostgreSQL', async () => {
    const frames = [parse('show threads', 's'), sync()];
    await using client = new Conversation(
      answering(() => integers(1)),
      server,
    );
    await client.start();
    const oracle = await connectToOracle();
    await oracle.start({ user: inject('oracle').user, database: inject('oracle').database });
    // What can be done about it is ours to say.
    const withoutHint = (trace: string): string =>
      trace.replace(/^B\t\d+(\tErrorResponse.*?)( H "[^"]*")? \\x00$/m, 'B$1');
    const theirs = await oracle.ask(...frames);
    oracle.stream.destroy();
    expect(withoutHint(normaliseTrace(await client.ask(...frames)))).toBe(withoutHint(normaliseTrace(theirs)));
    expect(theirs).toContain('42704');
  });

  test.each(ofThreads)('%s reaches a handler that has it', async (sql) => {
    const handled: string[] = [];
    const names: string[] = [];
    class Connection extends answering((given) => {
      handled.push(given);
      return /^show/i.test(given) ? integers(7) : tag('FROM THE HANDLER');
    }) {
      override async hasSetting(name: string) {
        names.push(name);
        return name === 'threads';
      }
    }
    await using client = new Conversation(Connection, server);
    await client.start();
    await client.ask(query(sql));
    await client.ask(extended(sql), sync());
    await client.ask(parse(sql), describeStatement(), sync());
    expect(handled.slice(0, 2)).toEqual([sql, sql]);
    expect(new Set(names)).toEqual(new Set(['threads']));
    expect(await client.ask(query('show timezone; set my.own = 1; show others'))).toContain(
      'C "42704" M "unrecognized configuration parameter "others""',
    );
    expect(new Set(names)).toEqual(new Set(['threads', 'my.own', 'others']));
  });

  test('SHOW ALL lists every setting that SHOW knows, in order', async () => {
    const { traces } = await asked(server, [query('show all')], [query('show lc_messages')]);
    expect(traces[0]).toContain(
      'RowDescription\t 3 "name" 0 0 25 65535 -1 0 "setting" 0 0 25 65535 -1 0 "description"',
    );
    expect(traces[0]).toContain(
      "DataRow\t 3 16 'application_name' 0 '' 64 'Sets the application name to be reported in",
    );
    expect(traces[0]).toContain("'DateStyle' 8 'ISO, MDY'");
    const names = [...(traces[0] ?? '').matchAll(/DataRow\t 3 \d+ '(\w+)'/g)].map(
      ([, name]) => name?.toLowerCase() ?? '',
    );
    expect(names.length).toBeGreaterThan(350);
    expect(names).toEqual([...names].sort());
  });

  test('a custom setting is described and shown by the name it was given', async () => {
    const { handled, traces } = await asked(
      server,
      [query("set my.thing = 'x'")],
      [parse('show my.thing'), describeStatement(), sync()],
      [extended('show my.thing'), sync()],
    );
    expect(traces[1]).toContain('RowDescription\t 1 "my.thing" 0 0 25');
    expect(traces[2]).toContain("DataRow\t 1 1 'x'");
    expect(handled).toEqual([]);
  });

  test('the client is told of a change once, before ReadyForQuery, and of none that is none', async () => {
    const { traces } = await asked(
      server,
      [query("set application_name = 'x'")],
      [query("set application_name = 'x'; set bytea_output = hex")],
      [query("set application_name = 'y'; set application_name = 'x'")],
      [query("set timezone = 'Asia/Tokyo'; set application_name = 'z'")],
    );
    expect(traces[0]).toContain('"SET"\nB\t23\tParameterStatus\t "application_name" "x"\nB\t5\tReadyForQuery');
    expect(traces[1]).not.toContain('ParameterStatus');
    expect(traces[2]).not.toContain('ParameterStatus');
    expect(traces[3]?.match(/ParameterStatus\t "\w+"/g)).toHaveLength(2);
  });

  test('what one client sets is not seen by another', async () => {
    await asked(server, [query("set application_name = 'x'")]);
    const { traces } = await asked(server, [query('show application_name')]);
    expect(traces[0]).toContain("DataRow\t 1 0 ''");
  });

  test('handlers see the settings as they are', async () => {
    const seen: unknown[] = [];
    await using client = new Conversation(
      answering((_, { session }) => {
        seen.push([session.applicationName, session.settings.get('timezone')]);
        return tag('OK');
      }),
      server,
    );
    await client.start({ application_name: 'psql' });
    await client.ask(query('x'));
    await client.ask(query("begin; set local application_name = 'y'; set time zone 'Asia/Tokyo'; x; rollback; x"));
    expect(seen).toEqual([
      ['psql', 'UTC'],
      ['y', 'Asia/Tokyo'],
      ['psql', 'UTC'],
    ]);
  });

  test.each([
    [
      'an encoding that is not ours',
      "set client_encoding = 'LATIN1'",
      'C "0A000" M "client_encoding "LATIN1" is not supported" H "Use client_encoding UTF8."',
    ],
    [
      'a date style that is none',
      'set datestyle = roman',
      'C "22023" M "invalid value for parameter "DateStyle": "roman"" D "Unrecognized key word: "roman"."',
    ],
    ['another user', 'set session authorization bob', 'C "22023" M "role "bob" does not exist"'],
  ])('%s is refused', async (_, sql, expected) => {
    const { handled, traces } = await asked(server, [query(sql)]);
    expect(traces[0]).toContain(expected);
    expect(handled).toEqual([]);
  });

  test('SQL_ASCII, which psql asks for in the C locale, is taken as it is', async () => {
    const { traces } = await asked(server, [query("set client_encoding = 'SQL_ASCII'")]);
    expect(traces[0]).toContain('ParameterStatus\t "client_encoding" "SQL_ASCII"');
  });
});

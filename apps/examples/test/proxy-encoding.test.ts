import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { extended, query, sync } from '../../../packages/server/test/frames.js';
import { Frontend } from '../../../packages/server/test/frontend.js';
import { connectToOracle } from '../../../packages/server/test/oracle-frontend.js';
import { startupMessage } from '../../../packages/server/test/startup-packets.js';
import { oracleSocket, RunningProxy } from './running-proxy.js';

const { user, database } = inject('oracle');

/** A client of the proxy and one of PostgreSQL itself. */
async function both(proxy: RunningProxy, parameters: Record<string, string> = {}): Promise<[Frontend, Frontend]> {
  const clients: [Frontend, Frontend] = [await Frontend.connect(proxy.port), await connectToOracle()];
  for (const client of clients) await client.start({ user, database, ...parameters });
  return clients;
}

const refused = (encoding: string) => ({
  code: '0A000',
  message: `client_encoding "${encoding}" is not supported`,
  hint: 'Use client_encoding UTF8.',
});

describe('an encoding other than UTF-8', () => {
  test.each([
    ["set client_encoding = 'latin1'", 'LATIN1'],
    ["set names 'sjis'", 'SJIS'],
    ["select set_config('client_encoding', 'win1252', false)", 'WIN1252'],
    ["do $$ begin perform set_config('client_encoding', 'latin1', false); end $$", 'LATIN1'],
  ])('is refused, and nothing of it is left: %s', async (sql, encoding) => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const client = await proxy.connect();
    const statements = [{ text: sql }, { text: sql, values: [] }, { name: 's', text: sql, values: [] }];
    for (const statement of statements) {
      await expect(client.query(statement)).rejects.toMatchObject(refused(encoding));
      expect((await client.query('show client_encoding')).rows).toEqual([{ client_encoding: 'UTF8' }]);

      await client.query('begin');
      await expect(client.query(statement)).rejects.toMatchObject(refused(encoding));
      await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
      await client.query('rollback');

      await client.query('begin; savepoint s');
      await expect(client.query(statement)).rejects.toMatchObject(refused(encoding));
      await client.query('rollback to s');
      expect((await client.query('show client_encoding')).rows).toEqual([{ client_encoding: 'UTF8' }]);
      await client.query('commit');
    }
    await expect(client.query(`create table unwanted (); ${sql}`)).rejects.toMatchObject(refused(encoding));
    expect((await client.query(`select to_regclass('unwanted') as found, 'é' as e`)).rows).toEqual([
      { found: null, e: 'é' },
    ]);
  });

  test('leaves errors, notices and names as they are', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const [ours, theirs] = await both(proxy);
    for (const client of [ours, theirs]) {
      await client.ask(query('create table accented (a text unique)'));
      await client.ask(query('insert into accented values (chr(233))'));
    }
    expect(await ours.ask(query("set client_encoding = 'latin1'"))).toContain('C "0A000"');
    for (const sql of [
      'insert into accented select a from accented',
      "do $$ begin raise 'né'; end $$",
      'select 1 as é',
    ]) {
      for (const frames of [[query(sql)], [extended(sql), sync()]]) {
        expect(await ours.ask(...frames)).toBe(await theirs.ask(...frames));
      }
    }
    await ours.ask(query('drop table accented'));
    for (const client of [ours, theirs]) client.stream.destroy();
  });

  test('is refused when the session begins with it', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    for (const parameters of [{ client_encoding: 'latin1' }, { options: '-c client_encoding=latin1' }]) {
      const client = await Frontend.connect(proxy.port);
      client.send(startupMessage(0, { user, database, ...parameters }));
      const words = 'M "client_encoding "LATIN1" is not supported" H "Use client_encoding UTF8."';
      expect(await client.untilEnd()).toContain(`ErrorResponse\t S "FATAL" V "FATAL" C "0A000" ${words}`);
    }
  });

  test('is none that a role can have by default', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const owner = await proxy.connect();
    await owner.query("create role latin login; alter role latin set client_encoding = 'latin1'");
    for (const parameters of [{}, { options: '-c jit=off' }]) {
      const client = await Frontend.connect(proxy.port);
      expect(await client.start({ user: 'latin', database, ...parameters })).toContain('"client_encoding" "UTF8"');
      await client.ask(query('reset client_encoding'));
      expect(await client.ask(query('show client_encoding'))).toContain("'UTF8'");
      client.stream.destroy();
    }
    await owner.query('drop role latin');
  });

  test('of a function’s own messages does no harm', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const client = await proxy.connect();
    const notices: (string | undefined)[] = [];
    client.on('notice', ({ message }) => notices.push(message));
    await client.query(`create function pg_temp.latin() returns void language plpgsql set client_encoding = 'latin1' as
      $$ begin raise notice 'said %', chr(233); raise exception 'failed %', chr(233); end $$`);
    for (const values of [undefined, []]) {
      const asked = client.query({ text: 'select pg_temp.latin()', ...(values && { values }) });
      await expect(asked).rejects.toMatchObject({ code: 'P0001', message: 'failed \ufffd' });
    }
    expect(notices).toEqual(['said \ufffd', 'said \ufffd']);
    expect((await client.query("select 'é' as e")).rows).toEqual([{ e: 'é' }]);
  });
});

test('SQL_ASCII, which changes no byte, and nonsense go as with PostgreSQL itself', async () => {
  await using proxy = await RunningProxy.open(oracleSocket());
  for (const parameters of [{}, { client_encoding: 'SQL_ASCII' }, { options: '-c client_encoding=sql_ascii' }]) {
    const [ours, theirs] = await both(proxy, parameters);
    for (const sql of [
      ...[
        'show client_encoding',
        "set client_encoding = 'sql_ascii'",
        "select 'é' as é",
        'select é',
        'reset client_encoding',
      ],
      ...[
        "set names 'nonsense'",
        'begin',
        "set client_encoding = 'sql_ascii'",
        "set client_encoding = 'nonsense'",
        'rollback',
      ],
      ...[
        'begin',
        'set client_encoding = sql_ascii',
        'commit',
        'show client_encoding',
        'set names utf8',
        'discard all',
      ],
    ]) {
      expect(await ours.ask(query(sql)), sql).toBe(await theirs.ask(query(sql)));
    }
    expect(await ours.ask(query("set names 'latin1'"))).toContain('C "0A000"');
    expect(await ours.ask(query('show client_encoding'))).toBe(await theirs.ask(query('show client_encoding')));
    for (const client of [ours, theirs]) client.stream.destroy();
  }
});

test.each([{ client_encoding: 'nonsense' }, { options: '-c client_encoding=nonsense' }])(
  'a session that begins with nonsense ends as with PostgreSQL itself: %o',
  async (parameters: Record<string, string>) => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const start = startupMessage(0, { user, database, ...parameters });
    const [ours, theirs] = [await Frontend.connect(proxy.port), await connectToOracle()];
    for (const client of [ours, theirs]) client.send(start);
    const end = (await ours.untilEnd()).split('\n').find((line) => line.includes('ErrorResponse'));
    expect(end).toContain('C "22023"');
    expect(await theirs.untilEnd()).toContain(end);
  },
);

test('a session that is refused is none in PostgreSQL either', async () => {
  await using proxy = await RunningProxy.open(oracleSocket());
  const client = await Frontend.connect(proxy.port);
  client.send(startupMessage(0, { user, database, client_encoding: 'latin1', application_name: 'refused' }));
  expect(await client.untilEnd()).toContain('C "0A000"');
  const watching = new pg.Client(inject('oracle'));
  await watching.connect();
  const left = "select count(*)::int as n from pg_stat_activity where application_name = 'refused'";
  await expect.poll(async () => (await watching.query(left)).rows, { timeout: 10_000 }).toEqual([{ n: 0 }]);
  await watching.end();
});

import { PgError, serve, tag } from '@riffq/server';
import { cancelRequest } from '@riffq/testing';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { frame, query, sync } from '../../../packages/server/test/frames.js';
import { Frontend } from '../../../packages/server/test/frontend.js';
import { connectToOracle } from '../../../packages/server/test/oracle-frontend.js';
import { oracleSocket, RunningProxy } from './running-proxy.js';

const { user, database } = inject('oracle');

/** A client of the real PostgreSQL itself, that looks at what the proxy does there. */
async function observer(): Promise<pg.Client> {
  const client = new pg.Client(inject('oracle'));
  await client.connect();
  return client;
}

/** Asks until the answer is this one. */
async function eventually(client: pg.Client, sql: string, values: unknown[], expected: unknown): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const { rows } = await client.query({ text: sql, values, rowMode: 'array' });
    if (rows[0]?.[0] === expected) return;
    if (performance.now() > deadline) expect(rows[0]?.[0]).toBe(expected);
  }
}

const pidOf = async (client: pg.Client): Promise<number> =>
  (await client.query('select pg_backend_pid() as pid')).rows[0].pid;

describe('a client of the proxy', () => {
  test('is let in with the password that the server wants by SCRAM, and by no other', async () => {
    await using proxy = await RunningProxy.open();
    const client = await proxy.connect();
    expect((await client.query('select current_user as who')).rows).toEqual([{ who: user }]);
    await expect(proxy.connect({ password: 'wrong' })).rejects.toMatchObject({
      code: '28P01',
      message: `password authentication failed for user "${user}"`,
    });
  });

  test('is let in with the password that the server wants in clear text', async () => {
    await using upstream = await serve({
      address: { port: 0 },
      query: () => tag('DONE'),
      authenticate: (who, password) => who === 'alice' && password === 'secret',
    });
    const address = upstream.address();
    if (address === null || typeof address === 'string') throw new Error('expected a port');
    await using proxy = await RunningProxy.open({ host: '127.0.0.1', port: address.port });
    const client = await proxy.connect({ user: 'alice', password: 'secret' });
    expect((await client.query('anything')).command).toBe('DONE');
    await expect(proxy.connect({ user: 'alice', password: 'wrong' })).rejects.toMatchObject({ code: '28P01' });
  });

  test('is told what the server says of a database that does not exist', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    await expect(proxy.connect({ database: 'nowhere' })).rejects.toMatchObject({
      code: '3D000',
      message: 'database "nowhere" does not exist',
    });
  });

  test('is told when there is no server', async () => {
    await using proxy = await RunningProxy.open({ path: '/nowhere/.s.PGSQL.5432' });
    await expect(proxy.connect()).rejects.toMatchObject({ code: '08001' });
  });

  test('starts with its parameters, those too that our own sessions do not know', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const client = await proxy.connect({ options: '-c jit=off -c work_mem=5MB', application_name: 'parameters' });
    const shown = await client.query(`select current_setting('jit') as jit, current_setting('work_mem') as work_mem,
      current_setting('application_name') as name`);
    expect(shown.rows).toEqual([{ jit: 'off', work_mem: '5MB', name: 'parameters' }]);
    await expect(proxy.connect({ options: '-c no_such=1' })).rejects.toMatchObject({ code: '42704' });
  });

  test.each([
    'select 1/0',
    'select * from "no such table"',
    `do $$ begin raise exception using errcode = '23505', message = 'm', detail = 'd', hint = 'h', schema = 's',
       table = 't', column = 'c', datatype = 'y', constraint = 'n'; end $$`,
    `do $$ begin execute 'selec 1'; end $$`,
    `do $$ begin raise notice 'n' using detail = 'd'; raise warning 'w'; raise info 'i'; end $$`,
    `set client_min_messages = debug1; do $$ begin raise debug 'd'; raise log 'l'; end $$`,
  ])('gets errors and notices with every field: %s', async (sql) => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const [ours, theirs] = [await Frontend.connect(proxy.port), await connectToOracle()];
    for (const client of [ours, theirs]) await client.start({ user, database });
    expect(await ours.ask(query(sql))).toBe(await theirs.ask(query(sql)));
    for (const client of [ours, theirs]) client.stream.destroy();
  });

  test('runs alone what allows no block around it', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const client = await proxy.connect();
    await client.query('create database "made through the proxy"');
    await client.query('vacuum');
    await client.query({ text: 'drop database "made through the proxy"', values: [] });
    await expect(client.query('select 1; vacuum')).rejects.toMatchObject({ code: '25001' });
  });

  test('that does not read notices makes the server wait, and gets them all', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const watching = await observer();
    const client = await Frontend.connect(proxy.port);
    await client.start({ user, database, application_name: 'not reading' });
    client.raw.pauseReading();
    // More than a session would keep for its client.
    client.send(query(`do $$ begin for i in 1 .. 800 loop raise notice '%', repeat('x', 100000); end loop; end $$`));
    const waiting = `select count(*)::int from pg_stat_activity where wait_event = 'ClientWrite' and application_name = $1`;
    await eventually(watching, waiting, ['not reading'], 1);
    client.raw.resumeReading();
    const trace = await client.until('ReadyForQuery');
    expect(trace.match(/NoticeResponse/g)).toHaveLength(800);
    expect(trace).toContain('CommandComplete');
    client.stream.destroy();
    await watching.end();
  });

  test('can cancel what runs, and goes on', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const watching = await observer();
    const client = await Frontend.connect(proxy.port);
    await client.start({ user, database, application_name: 'to be cancelled' });
    const sleeping = `select count(*)::int from pg_stat_activity where wait_event = 'PgSleep' and application_name = $1`;
    for (const statement of [query('select pg_sleep(600)'), query('begin; select pg_sleep(600)')]) {
      client.send(statement);
      await eventually(watching, sleeping, ['to be cancelled'], 1);
      const canceller = await Frontend.connect(proxy.port);
      canceller.send(cancelRequest(client.cancelKey));
      await canceller.untilEnd();
      expect(await client.until('ReadyForQuery')).toContain('C "57014"');
      await eventually(watching, sleeping, ['to be cancelled'], 0);
    }
    expect(await client.ask(query('select 1'))).toContain('C "25P02"');
    expect(await client.ask(query('commit'))).toContain('"ROLLBACK"');
    expect(await client.ask(query('select 1'))).toContain('DataRow');
    client.stream.destroy();
    await watching.end();
  });

  test('that cancels at any moment leaves no block behind that it does not know of', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const watching = await observer();
    const client = await Frontend.connect(proxy.port);
    await client.start({ user, database, application_name: 'hasty' });
    for (let round = 0; round < 40; round += 1) {
      const canceller = await Frontend.connect(proxy.port);
      client.send(query(round % 2 === 0 ? 'select 1; select 2' : 'begin'));
      canceller.send(cancelRequest(client.cancelKey));
      const trace = await client.until('ReadyForQuery');
      await canceller.untilEnd();
      if (trace.endsWith('T\n')) await client.ask(query('rollback'));
    }
    const state = 'select state from pg_stat_activity where application_name = $1';
    await eventually(watching, state, ['hasty'], 'idle');
    expect(await client.ask(query('select 1'))).toMatch(/DataRow.*\n.*\n.*ReadyForQuery\t I\n$/);
    client.stream.destroy();
    await watching.end();
  });

  test('holds no locks there once its block has failed, and keeps those from before a savepoint', async () => {
    await using proxy = await RunningProxy.open();
    const [client, other] = [await proxy.connect(), await observer()];
    const lock = (name: string) => `lock table ${name} in share update exclusive mode`;
    await client.query('create table outer_lock (); create table inner_lock ()');
    await client.query('begin');
    await client.query(lock('outer_lock'));
    await client.query('savepoint s');
    await client.query(lock('inner_lock'));
    await expect(client.query('release nosuch')).rejects.toMatchObject({ code: '3B001' });
    // As with PostgreSQL, the error may come before the locks are released: the answer to the next statement does not.
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await other.query(`begin; ${lock('inner_lock')} nowait; rollback`);
    await expect(other.query(`begin; ${lock('outer_lock')} nowait`)).rejects.toMatchObject({ code: '55P03' });
    await other.query('rollback');
    await client.query('rollback to s');
    await expect(client.query('release nosuch')).rejects.toMatchObject({ code: '3B001' });
    await client.query('rollback to s');
    await client.query('release s');
    await expect(client.query('release nosuch')).rejects.toMatchObject({ code: '3B001' });
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await other.query(`begin; ${lock('outer_lock')} nowait; rollback`);
    await client.query('rollback');
    await client.query('drop table outer_lock, inner_lock');
    await other.end();
  });

  test('that does not read makes the server wait, and when it leaves, its session there ends', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const watching = await observer();
    const client = await Frontend.connect(proxy.port);
    await client.start({ user, database, application_name: 'slow reader' });
    client.send(query('select generate_series(1, 100000000)'));
    await client.until('DataRow');
    client.raw.pauseReading();
    const waits = 'select wait_event from pg_stat_activity where application_name = $1';
    await eventually(watching, waits, ['slow reader'], 'ClientWrite');
    client.stream.destroy();
    await eventually(watching, waits.replace('wait_event', 'count(*)::int'), ['slow reader'], 0);
    await watching.end();
  });

  test.each([
    ['idle', 'idle', sync()],
    ['busy', 'active', query('select pg_sleep(600)')],
  ])('whose session ends there is told why while it is %s, and disconnected', async (_, doing, statement) => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const watching = await observer();
    const client = await Frontend.connect(proxy.port);
    await client.start({ user, database, application_name: 'to be ended' });
    await client.ask(query('select 1'));
    client.send(statement);
    const state = 'select state from pg_stat_activity where application_name = $1';
    await eventually(watching, state, ['to be ended'], doing);
    const end = 'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1';
    await eventually(watching, end, ['to be ended'], true);
    expect(await client.untilEnd()).toContain(
      'S "FATAL" V "FATAL" C "57P01" M "terminating connection due to administrator command"',
    );
    await watching.end();
  });

  test('whose server ends the session with an error gets that error', async () => {
    await using upstream = await serve({
      address: { port: 0 },
      query(_sql, { session }) {
        session.close(new PgError({ severity: 'FATAL', sqlstate: '57P02', message: 'crash' }));
        return tag('NEVER');
      },
    });
    const address = upstream.address();
    if (address === null || typeof address === 'string') throw new Error('expected a port');
    await using proxy = await RunningProxy.open({ host: '127.0.0.1', port: address.port });
    const client = await proxy.connect();
    await expect(client.query('anything')).rejects.toMatchObject({ code: '57P02', message: 'crash' });
  });

  test('hears what another client of the proxy notifies it of, while it is idle', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const [listening, notifying] = [await proxy.connect(), await proxy.connect()];
    await listening.query('listen harbour');
    const heard = new Promise<pg.Notification>((resolve) => listening.once('notification', resolve));
    await notifying.query("notify harbour, 'ship'");
    expect(await heard).toMatchObject({ channel: 'harbour', payload: 'ship', processId: await pidOf(notifying) });
  });

  test('has no statement run twice, however it is asked', async () => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const client = await proxy.connect();
    await client.query('create temporary sequence runs');
    const run = "select nextval('runs') as run";
    const asked = [
      { text: run },
      { text: run, values: [] },
      { text: run, name: 'prepared' },
      { text: run, name: 'prepared' },
    ];
    for (const [at, question] of asked.entries()) {
      expect((await client.query(question)).rows).toEqual([{ run: String(at + 1) }]);
    }
    const frontend = await Frontend.connect(proxy.port);
    await frontend.start({ user, database });
    await frontend.ask(query('create temporary sequence runs'));
    const statement = frame('P', [Buffer.from(`s\0${run}\0\0\0`)]);
    await frontend.ask(statement, frame('D', [Buffer.from('Ss\0')]), sync());
    expect(await frontend.ask(query(run))).toContain("DataRow\t 1 1 '1'");
    frontend.stream.destroy();
  });
});

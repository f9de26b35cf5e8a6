import { cancelRequest } from '@riffq/testing';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { bind, execute, parse, query, sync } from '../../../packages/server/test/frames.js';
import { Frontend } from '../../../packages/server/test/frontend.js';
import { connectToOracle } from '../../../packages/server/test/oracle-frontend.js';
import { oracleSocket, RunningProxy } from './running-proxy.js';

const { user, database } = inject('oracle');
const data = (text: string): Uint8Array => serialize.copyData(Buffer.from(text));
const goodRows = data('1\tgood\n'.repeat(10_000));

/** A table that answers every row with a notice, of a kind that fills the server's buffers. */
const noisy = query(`create temporary table noisy (a int, b text);
  create function pg_temp.say() returns trigger language plpgsql as
    $$ begin raise notice 'row % %', new.a, repeat('x', 200); return new; end $$;
  create trigger said before insert on noisy for each row execute function pg_temp.say()`);

let proxy: RunningProxy;
let watching: pg.Client;
beforeAll(async () => {
  proxy = await RunningProxy.open(oracleSocket());
  watching = new pg.Client(inject('oracle'));
  await watching.connect();
});
afterAll(async () => {
  await watching.end();
  await proxy[Symbol.asyncDispose]();
});

/** Ways to the server: through the proxy, and without it. */
const ways = [() => Frontend.connect(proxy.port), connectToOracle] as const;

async function start(way: () => Promise<Frontend>, name: string): Promise<Frontend> {
  const client = await way();
  await client.start({ user, database, application_name: name });
  await client.ask(query('create temporary table two (a int, b text)'));
  return client;
}

/** Asks until the server has so many sessions of this name that are in this state. */
async function eventually(name: string, state: string, count: number): Promise<void> {
  const sql = `select count(*)::int as n from pg_stat_activity where application_name = $1 and ${state}`;
  const deadline = performance.now() + 20_000;
  for (;;) {
    const { rows } = await watching.query(sql, [name]);
    if (rows[0].n === count) return;
    if (performance.now() > deadline) expect(rows[0].n).toBe(count);
  }
}

/** Sends good rows without end until an error is told. */
async function sendUntilRefused(client: Frontend): Promise<string> {
  let told = false;
  const refused = client.until('ErrorResponse').finally(() => {
    told = true;
  });
  while (!told) {
    client.send(goodRows);
    await new Promise<void>((resolve) => {
      if (client.stream.writableNeedDrain) client.stream.once('drain', resolve);
      else setImmediate(resolve);
      refused.finally(resolve);
    });
  }
  return refused;
}

describe('COPY FROM STDIN through the proxy', () => {
  test('takes data whose notices are more than any buffer holds', async () => {
    const client = await start(ways[0], 'noisy');
    await client.ask(noisy);
    client.send(query('copy noisy from stdin'));
    await client.until('CopyInResponse');
    client.send(data(`1\t${'x'.repeat(100)}\n`.repeat(10_000)), serialize.copyDone());
    const trace = await client.until('ReadyForQuery');
    expect(trace.match(/NoticeResponse/g)).toHaveLength(10_000);
    expect(trace).toContain('CommandComplete\t "COPY 10000"');
    client.stream.destroy();
  });

  test.each([
    ['is reset', (client: Frontend) => client.reset()],
    ['ends', (client: Frontend) => client.stream.end()],
  ])('ends there too when its client, who reads no notices, %s', async (_, leave) => {
    const client = await start(ways[0], 'noisy and gone');
    await client.ask(noisy);
    client.send(query('copy noisy from stdin'));
    await client.until('CopyInResponse');
    client.raw.pauseReading();
    for (let at = 0; at < 8; at += 1) client.send(goodRows);
    await eventually('noisy and gone', "wait_event = 'ClientWrite'", 1);
    leave(client);
    await eventually('noisy and gone', 'true', 0);
    client.stream.destroy();
  });

  test.each([
    ['a Query', [query('copy two from stdin')], []],
    ['an extended query', [parse('copy two from stdin'), bind(), execute(), sync()], [sync()]],
  ])('by %s says at once what is wrong with the data', async (_, frames, after) => {
    const traces: string[] = [];
    for (const way of ways) {
      const client = await start(way, 'refused');
      client.send(...frames);
      await client.until('CopyInResponse');
      client.send(data('bad\tx\n'));
      let trace = await sendUntilRefused(client);
      client.send(serialize.copyDone(), ...after);
      trace += await client.until('ReadyForQuery');
      traces.push(trace + (await client.ask(query('select 1 as one'))));
      client.stream.destroy();
    }
    expect(traces[0]).toContain('C "22P02"');
    expect(traces[0]).toBe(traces[1]);
  });

  test('is over for the server when that fails before it has read anything', async () => {
    const traces: string[] = [];
    for (const way of ways) {
      const client = await start(way, 'refused');
      await client.ask(
        query(`create function pg_temp.refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
          create trigger refusing before insert on two for each statement execute function pg_temp.refuse()`),
      );
      client.send(parse('copy two from stdin'), bind(), execute(), data('1\tone\n'), serialize.copyDone(), sync());
      let trace = await client.until('ReadyForQuery');
      trace += await client.ask(query('select 1 as one'));
      trace += await client.ask(query('select 2 as two'));
      // The schema's number may have one digit or two.
      traces.push(trace.replace(/\d+(\tErrorResponse.*pg_temp)_\d+/, '$1'));
      client.stream.destroy();
    }
    expect(traces[0]).toContain('M "no"');
    expect(traces[0]).toBe(traces[1]);
  });

  test('ends at the next data when it is cancelled', async () => {
    for (const way of ways) {
      const client = await start(way, 'cancelled');
      client.send(query('copy two from stdin'));
      await client.until('CopyInResponse');
      client.send(data('1\tone\n'));
      const canceller = await way();
      canceller.send(cancelRequest(client.cancelKey));
      await canceller.untilEnd();
      expect(await sendUntilRefused(client)).toContain('C "57014" M "canceling statement due to user request"');
      client.send(serialize.copyDone());
      expect(await client.until('ReadyForQuery')).toContain('ReadyForQuery\t I');
      expect(await client.ask(query('select 1 as one'))).toContain('DataRow');
      client.stream.destroy();
    }
  });
});

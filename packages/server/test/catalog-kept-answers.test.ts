import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RiffqServer, serve } from '../src/index.js';
import { bind, execute, parse, query, sync } from './frames.js';
import { Frontend } from './frontend.js';
import { portOf } from './listening.js';
import { memoryInUse } from './memory-in-use.js';

const resultLimit = 1_000_000;
/** An answer of 300 kB in one row. */
const large = "SELECT repeat('x', 300000) FROM pg_class LIMIT 1";
/** Half a megabyte in pieces. */
const long = "SELECT repeat('x', 10) FROM pg_class, generate_series(1, 1000) LIMIT 25000";

let server: RiffqServer;

beforeAll(async () => {
  server = await serve({
    address: '127.0.0.1:0',
    query: () => [{ answer: 42 }],
    catalogOptions: { resultLimit },
  });
});
afterAll(() => server.close());

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  await client.connect();
  return client;
}

/** Opens as many cursors as there is room for. */
async function fill(client: pg.Client): Promise<void> {
  await client.query('BEGIN');
  for (const name of ['c0', 'c1', 'c2']) await client.query(`DECLARE ${name} CURSOR FOR ${large}`);
}

function refusal(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: pg.DatabaseError) => error.code,
  );
}

describe('the answers that one session has not read', () => {
  test('may have as many bytes together as one answer, and the refusal says what to close', async () => {
    const client = await connected();
    await fill(client);
    await expect(client.query(`DECLARE c3 CURSOR FOR ${large}`)).rejects.toMatchObject({
      code: '54000',
      hint: 'Read to its end, or close: "c0", "c1", "c2".',
    });
    await client.query('ROLLBACK');
    await fill(client);
    await client.query('ROLLBACK');
    await client.end();
  });

  test('take no memory any more when their transaction has ended', async () => {
    const client = await connected();
    await fill(client);
    const before = memoryInUse();
    await client.query('ROLLBACK');
    expect(before - memoryInUse()).toBeGreaterThan(800_000);
    await client.end();
  });

  test.each(['CLOSE c0', 'CLOSE ALL', 'MOVE ALL c0', 'FETCH ALL c0'])(
    'leave their place to others: %s',
    async (sql) => {
      const client = await connected();
      await fill(client);
      await client.query(sql);
      await client.query(`DECLARE c3 CURSOR FOR ${large}`);
      await client.query('COMMIT');
      await client.end();
    },
  );

  test('leave it piece by piece as they are read', async () => {
    const client = await connected();
    await client.query('BEGIN');
    await client.query(`DECLARE c0 CURSOR FOR ${long}`);
    await client.query(`DECLARE c1 CURSOR FOR ${large}`);
    await client.query('SAVEPOINT full');
    await expect(client.query(`DECLARE c2 CURSOR FOR ${large}`)).rejects.toMatchObject({ code: '54000' });
    await client.query('ROLLBACK TO full');
    await client.query('MOVE 20001 IN c0');
    await client.query(`DECLARE c2 CURSOR FOR ${large}`);
    expect((await client.query('FETCH ALL c0')).rowCount).toBe(4999);
    await client.query('ROLLBACK');
    await client.end();
  });

  test('are those of portals, too, and of cursors that outlive their transaction', async () => {
    const client = await Frontend.connect(portOf(server));
    await client.start({ user: 'alice', database: 'shop' });
    await client.ask(query(`BEGIN; DECLARE c0 CURSOR WITH HOLD FOR ${large}; COMMIT; BEGIN`));
    for (const name of ['p0', 'p1']) {
      client.send(parse(large), bind({ portal: name }), execute(name, 1), sync());
      expect(await client.until('ReadyForQuery')).toContain('PortalSuspended');
    }
    client.send(parse(large), bind({ portal: 'p2' }), execute('p2', 1), sync());
    expect(await client.until('ReadyForQuery')).toMatch(/C "54000" .*"c0", "p0", "p1"/);
    await client.ask(query('ROLLBACK; CLOSE c0'));
    client.reset();
  });
});

test('many sessions may not keep much together, and small answers are given all the same', async () => {
  const clients = await Promise.all(Array.from({ length: 11 }, connected));
  const refusals: unknown[] = [];
  for (const client of clients) refusals.push(await refusal(fill(client)));
  expect(refusals).toEqual([...Array(8).fill(undefined), '53400', '53400', '53400']);
  const bystander = await connected();
  expect((await bystander.query('SELECT count(*) > 0 AS some FROM pg_class')).rows).toEqual([{ some: true }]);
  await Promise.all(clients.map((client) => client.end()));
  // What they kept is gone with them.
  await fill(bystander);
  await bystander.end();
});

import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RiffqServer } from '../src/index.js';
import { oneRow } from './answers.js';
import { answering } from './conversation.js';
import { portOf } from './listening.js';
import { RecordingLogger } from './recording-logger.js';
import { slowestMeanwhile } from './slowest-meanwhile.js';

const server = new RiffqServer(
  '127.0.0.1:0',
  answering(() => oneRow()),
  { logger: new RecordingLogger() },
);

beforeAll(async () => {
  server.registerDatabase('shop');
  server.registerTable('shop', 'public', 'orders', [{ name: 'id', type: 'int', nullable: false }]);
  await server.listen({ catalogEmulation: true });
});
afterAll(() => server.close());

async function connected(user: string): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user, database: 'shop' });
  await client.connect();
  return client;
}

const megabyte = 'x'.repeat(1_000_000);

test('who fills settings and prepared statements is refused, and nobody else waits for the catalog', {
  timeout: 60_000,
}, async () => {
  const mallory = await connected('mallory');
  const states = new Set<unknown>();
  const bystander = await connected('bystander');
  const { slowest } = await slowestMeanwhile(bystander, async () => {
    for (let count = 0; count < 18; count++) {
      for (const sql of [
        `set my.s${count} = '${megabyte}'`,
        `select set_config('my.s${count}', '${megabyte}', false)`,
        `prepare p${count} as select '${megabyte}' from pg_class`,
      ]) {
        states.add(
          await mallory.query(sql).then(
            () => 'done',
            (error: { code: unknown }) => error.code,
          ),
        );
      }
    }
    const { rows } = await mallory.query(`select count(*)::int, max(length(statement)) > 1000000 as long
      from pg_prepared_statements`);
    expect(rows).toEqual([{ count: 16, long: true }]);
    for (let count = 0; count < 20; count++) await mallory.query('select 1 from pg_class limit 1');
  });
  expect([...states].sort()).toEqual(['54000', 'done']);
  expect(slowest.handler).toBeLessThan(2000);
  expect(slowest.catalog).toBeLessThan(10_000);
  await Promise.all([mallory.end(), bystander.end()]);
});

test('a long setting is told to whoever asks for it, in whatever way', async () => {
  const client = await connected('alice');
  const value = 'é'.repeat(100_000);
  await client.query(`set my.long = '${value}'`);
  await client.query("set my.short = 'x'");
  const told = async (sql: string): Promise<unknown> => Object.values((await client.query(sql)).rows[0])[0];
  for (const sql of [
    "select current_setting('my.long')",
    "select CURRENT_SETTING('my.long', true) from pg_class limit 1",
    `select U&"current\\005fset\\0074ing"('my.long') from pg_class limit 1`,
    `select u&"current!005fset!0074ing" uescape '!' ('my.long') from pg_class limit 1`,
  ]) {
    expect(await told(sql).catch(String)).toBe(value);
  }
  expect(await told("select current_setting('my.short') || set_config('my.long', 'y', false)")).toBe('xy');
  await client.end();
});

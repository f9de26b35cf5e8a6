import { FIRST_USER_OID, type LazyCatalogSource } from '@riffq/catalog';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RiffqServer, serve } from '../src/index.js';
import { portOf } from './listening.js';

/** What the source says of its settings: two of PostgreSQL's, one with a name of its own, one with a dot. */
const settings = [
  { name: 'max_connections', setting: '7' },
  { name: 'work_mem', setting: '64' },
  { name: 'Flights', setting: 'three million' },
  { name: 'air.line', setting: 'riffq' },
];
let asked = 0;
const source: LazyCatalogSource = {
  databases: () => [{ oid: FIRST_USER_OID, name: 'shop' }],
  schemas: () => [],
  relations: () => [],
  columns: () => [],
  settings: () => {
    asked += 1;
    return settings;
  },
};

let server: RiffqServer;
let client: pg.Client;

beforeAll(async () => {
  server = await serve({ address: '127.0.0.1:0', query: () => [{ answer: 42 }], catalog: source });
  client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.close();
});

test.each(settings)(
  '$name is the same in SHOW, SHOW ALL, current_setting() and pg_settings',
  async ({ name, setting }) => {
    const rows = async (sql: string) => (await client.query(sql)).rows;
    for (const spelled of [name, name.toUpperCase()]) {
      expect(await rows(`SHOW ${spelled}`)).toEqual([{ [name]: setting }]);
      expect(await rows(`SELECT current_setting('${spelled}') AS setting`)).toEqual([{ setting }]);
      expect(await rows(`SELECT current_setting('${spelled}', true) AS setting`)).toEqual([{ setting }]);
    }
    const prepared = await client.query({ name: `show ${name}`, text: `SHOW ${name}` });
    expect(prepared.rows).toEqual([{ [name]: setting }]);
    expect(await rows(`SELECT name, setting FROM pg_settings WHERE lower(name) = lower('${name}')`)).toEqual([
      { name, setting },
    ]);
    const all = await client.query<{ name: string }>('SHOW ALL');
    const same = (row: { readonly name: string }) => row.name.toLowerCase() === name.toLowerCase();
    expect(all.rows.filter(same)).toEqual([{ name, setting, description: null }]);
  },
);

test('SHOW ALL stays in order', async () => {
  const names = (await client.query<{ name: string }>('SHOW ALL')).rows.map(({ name }) => name.toLowerCase());
  expect(names).toEqual([...names].sort());
});

test.each(settings)('a client cannot change $name', async ({ name }) => {
  const statements = [
    `SET ${name} = 1`,
    `SET ${name} TO DEFAULT`,
    `RESET ${name}`,
    `SELECT set_config('${name}', '1', false)`,
    `SELECT set_config('${name}', '1', false) FROM pg_am`,
  ];
  for (const sql of statements) {
    await expect(client.query(sql)).rejects.toMatchObject({
      code: '55P02',
      message: `parameter "${name}" cannot be changed`,
    });
  }
});

test('the source is asked by SHOW and SET for its settings alone, and by other statements not at all', async () => {
  const before = asked;
  await client.query('SET my.own = 1');
  expect((await client.query('SHOW my.own')).rows).toEqual([{ 'my.own': '1' }]);
  expect(asked).toBe(before + 2);
  await client.query('SELECT 1');
  expect(asked).toBe(before + 2);
});

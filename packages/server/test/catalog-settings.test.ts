import { FIRST_USER_OID, type LazyCatalogSource } from '@riffq/catalog';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RiffqServer, serve } from '../src/index.js';
import { settingTable } from '../src/settings/setting-table.generated.js';
import { toBaseUnit } from '../src/settings/setting-unit.js';
import { portOf } from './listening.js';
import { RecordingLogger } from './recording-logger.js';

/** What the source says of its settings: two of PostgreSQL's, one with a name of its own, one with a dot. */
const settings = [
  { name: 'max_connections', setting: '7' },
  { name: 'work_mem', setting: '64' },
  { name: 'Flights', setting: 'three million' },
  { name: 'air.line', setting: 'riffq' },
];
let asked = 0;
const withoutSettings: LazyCatalogSource = {
  databases: () => [{ oid: FIRST_USER_OID, name: 'shop' }],
  schemas: () => [],
  relations: () => [],
  columns: () => [],
};
const source: LazyCatalogSource = {
  ...withoutSettings,
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

/** Another source's settings, which may fail or have a version, as one of its clients meets them. */
async function withSource(
  given: Partial<LazyCatalogSource>,
  work: (client: pg.Client) => Promise<void>,
  logger = new RecordingLogger(),
): Promise<void> {
  await using other = await serve({
    address: '127.0.0.1:0',
    query: () => [],
    catalog: { ...source, ...given },
    logger,
  });
  const asking = new pg.Client({ host: '127.0.0.1', port: portOf(other), user: 'alice', database: 'shop' });
  await asking.connect();
  await work(asking);
  await asking.end();
}

test('what the session knows it tells and changes while the source cannot, and that is logged', async () => {
  const failing = (): never => {
    throw new Error('no settings today');
  };
  const logger = new RecordingLogger();
  await withSource(
    { settings: failing },
    async (asking) => {
      await asking.query("SET work_mem = '8MB'");
      expect((await asking.query('SHOW work_mem')).rows).toEqual([{ work_mem: '8MB' }]);
      for (const sql of ['SHOW flights', 'SHOW ALL', 'SET air.line = 1']) {
        await expect(asking.query(sql)).rejects.toThrow('no settings today');
      }
    },
    logger,
  );
  expect(logger.lines).toContainEqual(
    expect.objectContaining({ level: 'warn', message: 'the catalog source told no settings' }),
  );
});

test('a source whose version is the same is not asked for its settings again', async () => {
  let version = 1;
  let times = 0;
  const counted = () => {
    times += 1;
    return [{ name: 'flights', setting: String(times) }];
  };
  await withSource({ settings: counted, version: () => version }, async (asking) => {
    const flights = async () => (await asking.query('SHOW flights')).rows[0].flights;
    expect([await flights(), await flights(), await flights()]).toEqual(['1', '1', '1']);
    version = 2;
    expect([await flights(), await flights()]).toEqual(['2', '2']);
  });
});

test('every setting of SHOW ALL is the same in current_setting() and pg_settings, and pg_settings has no other', async () => {
  await using own = await serve({ address: '127.0.0.1:0', query: () => [{ answer: 42 }], catalog: withoutSettings });
  const reader = new pg.Client({ host: '127.0.0.1', port: portOf(own), user: 'alice', database: 'shop' });
  await reader.connect();
  await reader.query("SET work_mem = '8MB'; SET synchronous_commit = local");
  const shown = await reader.query<{ name: string; setting: string }>('SHOW ALL');
  const told = await reader.query<{ name: string; current: string; setting: string; unit: string | null }>(
    'SELECT name, current_setting(name) AS current, setting, unit FROM pg_settings',
  );
  await reader.end();
  const units = new Map(told.rows.map(({ name, unit }) => [name, unit]));
  expect(Object.fromEntries(told.rows.map(({ name, current }) => [name, current]))).toEqual(
    Object.fromEntries(shown.rows.map(({ name, setting }) => [name, setting])),
  );
  expect(Object.fromEntries(told.rows.map(({ name, setting }) => [name, setting]))).toEqual(
    Object.fromEntries(shown.rows.map(({ name, setting }) => [name, inUnit(setting, units.get(name) ?? '')])),
  );
});

/** `64MB` as pg_settings has it, in the unit of its own. */
function inUnit(shown: string, unit: string): string {
  const [, digits, given] = /^(-?\d+)([a-zA-Z]+)$/.exec(shown) ?? [];
  const row = settingTable.find(([, , , candidate]) => candidate === unit);
  return given === undefined || row === undefined ? shown : String(toBaseUnit(Number(digits), given, row[3]));
}

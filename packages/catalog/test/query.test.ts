import { PgError } from '@riffq/wire';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Catalog, CatalogRegistrationError, createCatalog, type SessionActivity } from '../src/index.js';
import { contentOf } from './made-up-content.js';
import { sourceOf, untyped } from './source/sources.js';

const alice = { user: 'alice', database: 'shop' };
const contents = new Map(['shop', 'other'].map((name) => [name, contentOf(name)]));
const source = {
  async content(database: string) {
    const content = contents.get(database);
    if (content === undefined)
      throw new PgError({ sqlstate: '3D000', message: `database "${database}" does not exist` });
    return content;
  },
};

describe.each(['worker', 'process'] as const)('in a %s', (engine) => {
  let catalog: Catalog;

  beforeAll(() => {
    catalog = createCatalog(source, { engine, idleTimeout: 100, statementTimeout: 20_000, serverVersion: '18.9' });
  });

  afterAll(() => catalog.close());

  test('parameters go in and values come out in both formats', async () => {
    const parameters = [Uint8Array.of(0, 0, 4, 235), 'pg_class', null];
    const { fields, tag, rowCount } = await catalog.query(
      'SELECT oid, relname, $3::text AS nothing FROM pg_class WHERE oid = $1 AND relname = $2',
      parameters,
      {
        ...alice,
        parameterTypes: [26],
        parameterFormats: ['binary', 'text', 'text'],
        formats: ['binary', 'text', 'text'],
      },
    );
    expect(fields).toEqual([
      { name: 'oid', typeOid: 26, typeSize: 4, typeModifier: -1, tableOid: 1259, columnNumber: 1, format: 'binary' },
      { name: 'relname', typeOid: 19, typeSize: 64, typeModifier: -1, tableOid: 1259, columnNumber: 2, format: 'text' },
      { name: 'nothing', typeOid: 25, typeSize: -1, typeModifier: -1, tableOid: 0, columnNumber: 0, format: 'text' },
    ]);
    expect([tag, rowCount]).toEqual(['SELECT 1', 1]);
    const rows = await catalog.query('SELECT 1259::oid, NULL', [], { ...alice, formats: ['binary'] });
    expect([...rows.rows()]).toEqual([[Uint8Array.of(0, 0, 4, 235), null]]);
  });

  test('a statement is described without being run', async () => {
    const described = await catalog.describe('SELECT relname, 1/0 AS never FROM pg_class WHERE oid = $1', alice);
    expect(described.parameterTypes).toEqual([26]);
    expect(described.fields?.map(({ name, typeOid }) => [name, typeOid])).toEqual([
      ['relname', 19],
      ['never', 23],
    ]);
    await expect(catalog.describe('SELECT nope', alice)).rejects.toMatchObject({ sqlstate: '42703' });
  });

  test('what PostgreSQL has in files is read when it is needed: a time zone, a library and its words', async () => {
    const sql = `SELECT timestamptz '2026-07-01 12:00Z' AT TIME ZONE 'Asia/Kathmandu', to_tsvector('english', 'all cats were browsing')`;
    const result = await catalog.query(sql, [], alice);
    expect(result.textRows()).toEqual([['2026-07-01 17:45:00', "'brows':4 'cat':2"]]);
  });

  test('many rows come all, and are counted', async () => {
    const result = await catalog.query('SELECT * FROM generate_series(1, 35000)', [], alice);
    expect([result.rowCount, result.tag]).toEqual([35_000, 'SELECT 35000']);
    expect(result.textRows().at(-1)).toEqual(['35000']);
  });

  test("an error is PostgreSQL's, with its position", async () => {
    await expect(catalog.query('SELECT nope FROM pg_class', [], alice)).rejects.toMatchObject({
      sqlstate: '42703',
      message: 'column "nope" does not exist',
      fields: { position: 8 },
    });
  });

  test('settings of a session are its own, and its alone', async () => {
    const settings = new Map([
      ['TimeZone', 'Asia/Tokyo'],
      ['DateStyle', 'German, DMY'],
      ['bytea_output', 'escape'],
      ['work_mem', '7MB'],
    ]);
    const sql = `SELECT '2026-01-01 00:00+00'::timestamptz, '\\x00'::bytea, current_setting('work_mem'),
      (SELECT setting FROM pg_settings WHERE name = 'work_mem'), current_setting('search_path')`;
    const theirs = await catalog.query(sql, [], { ...alice, settings, searchPath: 'shop, public' });
    expect(theirs.textRows()).toEqual([['01.01.2026 09:00:00 JST', '\\000', '7MB', '7168', 'shop, public']]);
    const others = await catalog.query(sql, [], { ...alice, user: 'bob' });
    expect(others.textRows()[0]?.slice(0, 2)).toEqual(['2026-01-01 00:00:00+00', '\\x00']);
  });

  test('a setting that PostgreSQL refuses is an error', async () => {
    const settings = new Map([['timezone', 'Nowhere/At All']]);
    await expect(catalog.query('SELECT 1', [], { ...alice, settings })).rejects.toMatchObject({ sqlstate: '22023' });
  });

  test('functions tell the truth of the server and of the session', async () => {
    const facts = { processId: 4711, clientAddress: '10.1.2.3', clientPort: 999, transactionId: 5n };
    const sql = `SELECT version(), pg_backend_pid(), inet_client_addr(), inet_client_port(), inet_server_addr(),
      txid_current(), current_database(), pg_is_in_recovery()`;
    const [row] = (await catalog.query(sql, [], { ...alice, facts })).textRows();
    expect(row).toEqual(['PostgreSQL 18.9 (riffq)', '4711', '10.1.2.3', '999', null, '5', 'shop', 'f']);
  });

  test('the sessions of the server are in pg_stat_activity, and can be ended', async () => {
    const sessions = () => [activity(1, 'alice'), activity(2, 'bob')];
    const shown = await catalog.query(
      'SELECT pid, usename, datname, state, client_addr FROM pg_stat_activity ORDER BY 1',
      [],
      {
        ...alice,
        sessions,
      },
    );
    expect(shown.textRows()).toEqual([
      ['1', 'alice', 'shop', 'idle', '127.0.0.1'],
      ['2', 'bob', 'shop', 'idle', '127.0.0.1'],
    ]);
    const sql = 'SELECT pg_cancel_backend(2), pg_terminate_backend(3)';
    const ended = await catalog.query(sql, [], { ...alice, sessions });
    expect(ended.textRows()).toEqual([['t', 'f']]);
    expect(ended.effects).toEqual([
      { kind: 'cancel', processId: 2 },
      { kind: 'terminate', processId: 3 },
    ]);
  });

  test('databases do not see each other', async () => {
    const [shop, other] = await Promise.all(
      ['shop', 'other'].map((database) => catalog.query('SELECT current_database()', [], { user: 'alice', database })),
    );
    expect([shop?.textRows(), other?.textRows()]).toEqual([[['shop']], [['other']]]);
    await expect(catalog.query('SELECT 1', [], { user: 'alice', database: 'nope' })).rejects.toMatchObject({
      sqlstate: '3D000',
    });
  });

  test('an abort lets the caller go at once, and the next one is served', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled');
    const endless = 'WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r';
    const asked = catalog.query(endless, [], { ...alice, signal: abort.signal });
    const waits = catalog.query('SELECT 1', [], alice);
    setImmediate(() => abort.abort(reason));
    await expect(asked).rejects.toBe(reason);
    expect((await waits).textRows()).toEqual([['1']]);
  });

  test('an engine that nobody asks ends, and starts again when it is asked', async () => {
    await catalog.query('SELECT 1', [], { user: 'carol', database: 'other' });
    // Roles are made as they come, in each engine anew.
    const sql = "SELECT count(*) FROM pg_roles WHERE rolname = 'carol'";
    const carols = async () => (await catalog.query(sql, [], { user: 'dave', database: 'other' })).textRows();
    await vi.waitFor(async () => expect(await carols()).toEqual([['0']]), { interval: 500, timeout: 20_000 });
  });
});

test('a live source may be given as it is', async () => {
  await using catalog = createCatalog(sourceOf());
  const sql = 'SELECT relname, current_schemas(false) FROM pg_class WHERE oid = $1::regclass';
  const asking = { ...alice, searchPath: ['pg_catalog', 'Nowhere "at" all', 'public'] };
  const result = await catalog.query(sql, ['orders'], asking);
  expect(result.textRows()).toEqual([['orders', '{pg_catalog,public}']]);
});

test.each([
  ['null', null],
  ['a text', 'shop'],
  ['a list', []],
  ['an object with some methods', { databases: () => [], content: 'none' }],
])('what is no source is refused at once: %s', (_, value) => {
  expect(() => createCatalog(untyped(value))).toThrow(CatalogRegistrationError);
});

test('who gave up before the start is not served', async () => {
  await using catalog = createCatalog(source);
  const reason = new Error('gone');
  const gone = { ...alice, signal: AbortSignal.abort(reason) };
  await expect(catalog.query('SELECT 1', [], gone)).rejects.toBe(reason);
});

test('a statement that runs when the catalog is closed is told so', async () => {
  const catalog = createCatalog(source);
  await catalog.query('SELECT 1', [], alice);
  const asked = catalog.query('SELECT count(*) FROM pg_attribute a, pg_attribute b, pg_attribute c', [], alice);
  setImmediate(() => catalog.close());
  await expect(asked).rejects.toMatchObject({ sqlstate: '57P01' });
});

test('a closed catalog refuses', async () => {
  const catalog = createCatalog(source);
  const asked = catalog.query('SELECT 1', [], alice);
  await catalog.close();
  await expect(asked).rejects.toMatchObject({ sqlstate: '57P01' });
  await expect(catalog.query('SELECT 1', [], alice)).rejects.toMatchObject({ sqlstate: '57P01' });
});

function activity(processId: number, user: string): SessionActivity {
  const began = '2026-01-01T00:00:00Z';
  return {
    processId,
    user,
    database: 'shop',
    applicationName: 'psql',
    details: {
      state: 'idle',
      query: 'SELECT 1',
      clientAddress: '127.0.0.1',
      clientPort: 1,
      connected: began,
      transactionBegan: null,
      queryBegan: began,
      stateChanged: began,
      encrypted: false,
    },
  };
}

import { isPgError } from '@riffq/wire';
import { afterEach, expect, test } from 'vitest';
import { type Catalog, type CatalogOptions, type CatalogSession, createCatalog, routeStatement } from '../src/index.js';
import { Bystander } from './bystander.js';
import { contentOf } from './made-up-content.js';

const mallory = { user: 'mallory', database: 'shop' };
const crossJoin = 'select count(*) from pg_attribute a, pg_attribute b, pg_attribute c';
const deepJson = `select repeat('[', 1000000)::jsonb`;

let catalog: Catalog;

function open(options: CatalogOptions): Catalog {
  catalog = createCatalog({ content: async (database) => contentOf(database) }, options);
  return catalog;
}

afterEach(() => catalog.close());

async function failure(sql: string): Promise<string> {
  const error: unknown = await catalog.query(sql, [], mallory).catch((reason: unknown) => reason);
  return isPgError(error) ? `${error.sqlstate} ${error.message}` : String(error);
}

test('a long statement is ended when others have waited for a second', async () => {
  open({ statementTimeout: 60_000, sharedTimeout: 2000 });
  const bystander = await Bystander.watch(catalog, 'shop');
  expect(await failure(crossJoin)).toBe('57014 canceling statement because other catalog queries wait for it');
  await bystander.expectUnharmed(15_000);
});

test('and whoever waited comes before the next one of the same user', async () => {
  open({ statementTimeout: 60_000, sharedTimeout: 1500 });
  await catalog.warm('shop');
  const ended: string[] = [];
  const long = ['first', 'second'].map((name) => failure(crossJoin).finally(() => ended.push(name)));
  const { rowCount } = await catalog.query('select current_user', [], { user: 'alice', database: 'shop' });
  expect(rowCount).toBe(1);
  expect(await long[0]).toBe('57014 canceling statement because other catalog queries wait for it');
  expect(ended).toEqual(['first']);
  await catalog.close();
  await long[1];
});

test('a long statement that nobody waits for has its time', async () => {
  open({ statementTimeout: 3000, sharedTimeout: 100 });
  expect(await failure(crossJoin)).toBe('57014 canceling statement due to statement timeout');
});

test('who ends PostgreSQL again and again is refused, and others go on', async () => {
  open({});
  const bystander = await Bystander.watch(catalog, 'shop');
  const outcomes: string[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) outcomes.push(await failure(deepJson));
  const died = '54001 stack depth limit exceeded';
  const refused = '53400 too many catalog queries of this user had to be ended';
  expect(outcomes).toEqual([died, died, died, refused, refused, refused]);
  await bystander.expectUnharmed(15_000);
});

test('who has not shown that they are the user locks nobody else out', async () => {
  open({});
  const known = { ...mallory, facts: { clientAddress: '192.0.2.1' } };
  const stranger = { ...known, isAuthenticated: false };
  const told = (sql: string, session: CatalogSession) =>
    catalog.query(sql, [], session).then(
      () => 'answered',
      (error: unknown) => (isPgError(error) ? `${error.sqlstate} ${error.message}` : String(error)),
    );
  for (let attempt = 0; attempt < 3; attempt += 1) await told(deepJson, stranger);
  expect(await told('select 1', stranger)).toBe('53400 too many catalog queries of this user had to be ended');
  expect(await told('select 1', { ...stranger, user: 'alice' })).toBe('answered');
  expect(await told('select 1', known)).toBe('answered');
  expect(await told('select 1', { ...stranger, facts: { clientAddress: '192.0.2.2' } })).toBe('answered');
});

test('and so are those of its statements that waited meanwhile', async () => {
  open({ statementTimeout: 60_000, sharedTimeout: 1000 });
  await catalog.warm('shop');
  const long = Array.from({ length: 6 }, () => failure(crossJoin));
  const { rowCount } = await catalog.query('select current_user', [], { user: 'alice', database: 'shop' });
  expect(rowCount).toBe(1);
  const held = '57014 canceling statement because other catalog queries wait for it';
  const refused = '53400 too many catalog queries of this user had to be ended';
  expect(await Promise.all(long)).toEqual([held, held, held, refused, refused, refused]);
});

test('and whose statements end the PostgreSQL that stands in for a busy one', async () => {
  open({ statementTimeout: 60_000 });
  await catalog.warm('shop');
  const leaving = new AbortController();
  const long = catalog.query(crossJoin, [], { user: 'alice', database: 'shop', signal: leaving.signal });
  const ends = (): Promise<unknown> =>
    catalog.query(deepJson, [], { ...mallory, route: { kind: 'catalog', reachesSessions: true } });
  for (let attempt = 0; attempt < 3; attempt += 1) await expect(ends()).rejects.toMatchObject({ sqlstate: '54001' });
  leaving.abort(new Error('left'));
  await expect(long).rejects.toThrow('left');
  expect(await failure('select 1')).toBe('53400 too many catalog queries of this user had to be ended');
});

test('what others do is told while they do it', async () => {
  open({ statementTimeout: 60_000, sharedTimeout: 60_000 });
  await catalog.warm('shop');
  const leaving = new AbortController();
  const long = catalog.query(crossJoin, [], { ...mallory, signal: leaving.signal });
  const sql = 'SELECT query, state FROM pg_stat_activity';
  const route = await routeStatement(sql, { searchPath: ['public'], relationExists: () => false });
  if (route.kind !== 'catalog') throw new Error(`it is the ${route.kind}'s`);
  const moment = new Date(0).toISOString();
  const details = {
    state: 'active',
    query: crossJoin,
    clientAddress: null,
    clientPort: null,
    connected: moment,
    transactionBegan: moment,
    queryBegan: moment,
    stateChanged: moment,
    encrypted: false,
  } as const;
  const sessions = () => [{ processId: 1, applicationName: '', details, ...mallory }];
  const told = await catalog.query(sql, [], { ...mallory, route, sessions });
  expect(told.textRows()).toEqual([[crossJoin, 'active']]);
  leaving.abort(new Error('left'));
  await expect(long).rejects.toThrow('left');
});

test('one who asks for much in many sessions keeps others waiting for one statement at most', async () => {
  open({ statementTimeout: 60_000, sharedTimeout: 60_000 });
  const bystander = await Bystander.watch(catalog, 'shop');
  const slow = 'select count(*) from generate_series(1, 300000)';
  const session = (processId: number): CatalogSession => ({ ...mallory, facts: { processId } });
  const asked = performance.now();
  await catalog.query(slow, [], session(1));
  const one = performance.now() - asked;
  await Promise.all(Array.from({ length: 20 }, (_, id) => catalog.query(slow, [], session(id))));
  await bystander.expectUnharmed(1000 + 5 * one);
});

test('also when nobody has shown who they are, and new sessions come all the time', async () => {
  open({ statementTimeout: 60_000, sharedTimeout: 60_000 });
  await catalog.warm('shop');
  const slow = 'select count(*) from generate_series(1, 300000)';
  const stranger = (processId: number): CatalogSession => ({
    ...mallory,
    isAuthenticated: false,
    facts: { processId, clientAddress: '192.0.2.1' },
  });
  await catalog.query('select 1', [], stranger(1));
  await catalog.query(slow, [], stranger(2));
  const done: number[] = [];
  const ask = (id: number, sql: string) => catalog.query(sql, [], stranger(id)).then(() => done.push(id));
  const all = [3, 4, 5, 6].map((id) => ask(id, slow));
  await Promise.all([...all, ask(1, 'select 1')]);
  expect(done.indexOf(1)).toBeLessThanOrEqual(1);
});

test('who lets a recursion go on without an end is refused, too', async () => {
  open({});
  const endless =
    'with recursive r(n) as (select 1::bigint from pg_am union all select n + 1 from r) select count(*) from r';
  const outcomes: string[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) outcomes.push((await failure(endless)).slice(0, 21));
  expect(outcomes).toEqual([...Array(3).fill('53400 temporary file '), '53400 too many catalo']);
});

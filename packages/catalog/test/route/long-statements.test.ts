import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { type ReadingFor, routeStatement } from '../../src/index.js';
import { names, routeOf } from './routes.js';

const shop = names(['public.orders']);
const listOf = (length: number, item: (at: number) => string): string =>
  Array.from({ length }, (_, at) => item(at)).join();
/** About 2 MB. */
const twoMegabytes = listOf(120_000, (at) => `'table_${at}'`).padEnd(2_000_000);

describe('a long text is the catalog’s', () => {
  test.each([
    ['names', 43_948, `select relname from pg_class where relname in (${listOf(2500, (at) => `'table_name_${at}'`)})`],
    [
      'SQLAlchemy’s parameters',
      200_000,
      `select 1 from pg_class where relname in (${listOf(12_000, (at) => `$${at + 1}::VARCHAR`)})`,
    ],
    [
      'pg_dump’s list of OIDs',
      131_345,
      `select from unnest('{${listOf(21_000, (at) => String(16_384 + at))}}'::oid[]) o join pg_class using (oid)`,
    ],
    ['a comment', 500_000, `select version() /* ${'x'.repeat(500_000)} */`],
    ['2 MB', 2_000_000, `select relname from pg_class where relname in (${twoMegabytes})`],
  ])('%s', async (_, length, sql) => {
    expect(sql.length).toBeGreaterThan(length * 0.9);
    expect(await routeOf(sql, shop)).toBe('catalog');
  });

  test('and so is what it asks of settings and sessions', async () => {
    const long = `'${'x'.repeat(40_000)}'`;
    const sql = `select ${long}, current_setting('a.b'), current_setting($2), current_setting('a.b', true)`;
    expect(await routeStatement(sql, shop)).toEqual({ kind: 'catalog', settings: ['a.b', 2] });
    const reaching = `select ${long}, pg_cancel_backend(pid) from pg_stat_activity`;
    expect(await routeStatement(reaching, shop)).toEqual({ kind: 'catalog', reachesSessions: true });
  });
});

describe('a long text is the handler’s', () => {
  const list = listOf(20_000, (at) => `'t${at}'`);

  test.each([
    ['over the user’s tables', `select * from orders where user = any (array[${list}])`],
    ['of two statements', `select 1 from pg_class where relname in (${list}); set role pg_riffq`],
    ['that writes', `with x as (delete from pg_class where relname in (${list}) returning 1) select * from x`],
    ['that makes a table', `explain analyze create table x as select * from pg_class where relname in (${list})`],
    ['that does not parse', `select * exclude (oid) from pg_class where relname in (${list})`],
    ['with a NUL', `select 1 from pg_class where relname in (${list}, '\0')`],
    ['that nests without end', `select version(), ${'1+'.repeat(500_000)}1`],
    ['of too many casts in each other', `select 1${'::int'.repeat(300_000)} from pg_class`],
    ['that names more types than anybody would', `select ${listOf(5000, (at) => `null::type_${at}`)}`],
    ['over 2 MiB', `select relname from pg_class where relname in (${twoMegabytes}, ${'1,'.repeat(100_000)}1)`],
  ])('%s', async (_, sql) => {
    expect(await routeOf(sql, shop)).toBe('handler');
    expect(await routeOf(`select version() -- ${'x'.repeat(40_000)}`, shop)).toBe('catalog');
  });

  test('whose parse would take minutes, and that of another comes in time', { timeout: 60_000 }, async () => {
    const comments = `select version() ${'/*'.repeat(500_000)}${'*/'.repeat(500_000)}`;
    const mallory = { user: 'mallory' };
    const slow = [1, 2, 3].map(() => routeStatement(comments, shop, mallory));
    const began = performance.now();
    const theirs = await routeStatement(`select version() -- ${'x'.repeat(40_000)}`, shop, { user: 'alice' });
    expect(theirs.kind).toBe('catalog');
    expect(performance.now() - began).toBeLessThan(20_000);
    expect((await slow[0])?.kind).toBe('handler');
    await Promise.all(slow);
  });
});

describe('who has the thread for long', { timeout: 120_000 }, () => {
  const bomb = `select 1 ${'+-'.repeat(900_000)} 1 from pg_class`;
  const usual = `select relname from pg_class where relname in (${listOf(15_000, () => `'x'`)})`;
  const from = (clientAddress: string, user: string, processId: number): ReadingFor => ({
    user,
    isAuthenticated: false,
    facts: { clientAddress, processId },
  });

  test.each([
    ['under one name', () => 'eve'],
    ['under many', (at: number) => `eve_${at}`],
  ])('keeps nobody else waiting for more than one text, also from the same address (%s)', async (how, nameOf) => {
    const there = `192.0.2.${how.length}`;
    const routes = Array.from({ length: 8 }, (_, at) => routeStatement(bomb, shop, from(there, nameOf(at), at)));
    for (const processId of [100, 101]) {
      const began = performance.now();
      expect((await routeStatement(usual, shop, from(there, 'alice', processId))).kind).toBe('catalog');
      expect(performance.now() - began).toBeLessThan(10_000);
    }
    for (const route of routes) expect((await route).kind).toBe('handler');
  });

  test('is told at once what becomes of more such texts, and nobody else is', async () => {
    const mallet = { user: 'mallet' };
    const three = [1, 2, 3].map(() => routeStatement(bomb, shop, mallet));
    const routes = await Promise.all([...three, routeStatement(usual, shop, { user: 'alice' })]);
    expect(routes.map(({ kind }) => kind)).toEqual(['handler', 'handler', 'handler', 'catalog']);
    const began = performance.now();
    expect((await routeStatement(bomb, shop, mallet)).kind).toBe('handler');
    expect(performance.now() - began).toBeLessThan(500);
    expect((await routeStatement(usual, shop, { user: 'alice' })).kind).toBe('catalog');
    expect((await routeStatement('select version()', shop, mallet)).kind).toBe('catalog');
  });
});

test('a text over both kinds of tables is refused, however long it is', async () => {
  const sql = `select * from pg_class, orders where relname in (${listOf(10_000, (at) => `'t${at}'`)})`;
  expect(await routeOf(sql, shop)).toMatch(/^0A000 cannot query "pg_class"/);
});

test('who waits for a long text may leave, and short ones wait for nobody', async () => {
  const leaving = new AbortController();
  const sql = `select relname from pg_class where relname in (${twoMegabytes})`;
  const left = routeStatement(sql, shop, { user: 'mallory', signal: leaving.signal });
  expect(await routeOf('select version()', shop)).toBe('catalog');
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  expect(await routeOf(sql, shop)).toBe('catalog');
});

test('two megabytes do not hold up the event loop', async () => {
  const sql = `select relname from pg_class where relname in (${twoMegabytes})`;
  await routeOf(sql, shop);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  expect(await routeOf(sql, shop)).toBe('catalog');
  delay.disable();
  expect(delay.max / 1e6).toBeLessThan(300);
});

import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createCatalog, LazySource } from '../../src/index.js';
import { sourceOf, untyped } from './sources.js';

const never = new AbortController().signal;

/** A source whose `schemas` waits to be let go, and says how often it was asked. */
function heldSource() {
  const pulls: { readonly signal: AbortSignal; release(name: string): void; fail(error: Error): void }[] = [];
  const source = sourceOf({
    schemas: (_database, _callback, { signal }) =>
      new Promise((resolve, reject) => {
        pulls.push({ signal, release: (name) => resolve([{ oid: 70_001, name }]), fail: reject });
      }),
    relations: () => [],
  });
  return { source, pulls };
}

async function schemaOf(content: ReturnType<LazySource['content']>): Promise<string | undefined> {
  return (await content).schemas[0]?.name;
}

describe('a catalog query', () => {
  test('that comes while a pull runs waits for the next one, with all others that came', async () => {
    const { source, pulls } = heldSource();
    const lazy = new LazySource(source);
    const first = schemaOf(lazy.content('shop', never));
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    const second = schemaOf(lazy.content('shop', never));
    const third = schemaOf(lazy.content('shop', never));
    pulls[0]?.release('before');
    expect(await first).toBe('before');
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    pulls[1]?.release('after');
    expect([await second, await third]).toEqual(['after', 'after']);
    await nextTurn();
    expect(pulls).toHaveLength(2);
  });

  test('that comes after a pull has ended gets one of its own', async () => {
    let asked = 0;
    const lazy = new LazySource(
      sourceOf({ schemas: () => [{ oid: 70_001, name: `s${++asked}` }], relations: () => [] }),
    );
    expect(await schemaOf(lazy.content('shop', never))).toBe('s1');
    expect(await schemaOf(lazy.content('shop', never))).toBe('s2');
  });

  test('of one database does not wait for another', async () => {
    const { source, pulls } = heldSource();
    const lazy = new LazySource({
      ...source,
      databases: () => [
        { oid: 1, name: 'shop' },
        { oid: 2, name: 'other' },
      ],
    });
    const held = schemaOf(lazy.content('shop', never));
    const other = schemaOf(lazy.content('other', never));
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    pulls[1]?.release('quick');
    expect(await other).toBe('quick');
    pulls[0]?.release('slow');
    expect(await held).toBe('slow');
  });

  test('that gives up leaves the pull to those who still wait', async () => {
    const { source, pulls } = heldSource();
    const lazy = new LazySource(source);
    const leaving = new AbortController();
    const impatient = lazy.content('shop', leaving.signal);
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    const leavingToo = new AbortController();
    const nextImpatient = lazy.content('shop', leavingToo.signal);
    const patient = schemaOf(lazy.content('shop', never));
    leavingToo.abort(new Error('cancelled'));
    await expect(nextImpatient).rejects.toThrow('cancelled');
    leaving.abort(new Error('timed out'));
    await expect(impatient).rejects.toThrow('timed out');
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    pulls[1]?.release('fresh');
    expect(await patient).toBe('fresh');
  });

  test('that everybody has left tells the source, and holds nobody up that comes later', async () => {
    const { source, pulls } = heldSource();
    const lazy = new LazySource(source);
    const leaving = new AbortController();
    const impatient = lazy.content('shop', leaving.signal);
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    leaving.abort(new Error('cancelled'));
    await expect(impatient).rejects.toThrow('cancelled');
    expect(pulls[0]?.signal.aborted).toBe(true);
    const later = schemaOf(lazy.content('shop', never));
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    pulls[1]?.release('later');
    expect(await later).toBe('later');
  });

  test('whose signal has aborted already asks nothing', async () => {
    const { source, pulls } = heldSource();
    const lazy = new LazySource(source);
    await expect(lazy.content('shop', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    await nextTurn();
    expect(pulls).toHaveLength(0);
    const next = schemaOf(lazy.content('shop', never));
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    pulls[0]?.release('next');
    expect(await next).toBe('next');
  });

  test('whose pull fails gets the error, and the next query another pull', async () => {
    const { source, pulls } = heldSource();
    const lazy = new LazySource(source);
    const failing = lazy.content('shop', never);
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    const waiting = schemaOf(lazy.content('shop', never));
    pulls[0]?.fail(new Error('boom'));
    await expect(failing).rejects.toThrow('lazy catalog source error: Error: boom');
    await vi.waitFor(() => expect(pulls).toHaveLength(2));
    pulls[1]?.release('healed');
    expect(await waiting).toBe('healed');
  });

  test('whose source hangs ends after the timeout, and the next one is asked anew', async () => {
    const { source, pulls } = heldSource();
    const lazy = new LazySource(source, { timeout: 20 });
    const hanging = lazy.content('shop', never);
    await expect(hanging).rejects.toMatchObject({
      sqlstate: '57014',
      message: 'the catalog source did not answer within 20 ms',
    });
    expect(pulls[0]?.signal.aborted).toBe(true);
  });

  test.each([Number.POSITIVE_INFINITY, 1e12])('whose source may take %d milliseconds waits for it', async (timeout) => {
    const { source, pulls } = heldSource();
    const asked = schemaOf(new LazySource(source, { timeout }).content('shop', never));
    await vi.waitFor(() => expect(pulls).toHaveLength(1));
    await nextTurn();
    expect(pulls[0]?.signal.aborted).toBe(false);
    pulls[0]?.release('late');
    expect(await asked).toBe('late');
  });
});

test.each([
  [{ timeout: 0 }, '"timeout" must be a number of milliseconds from 1 on, not 0'],
  [{ timeout: -1 }, '"timeout" must be a number of milliseconds from 1 on, not -1'],
  [{ timeout: Number.NaN }, '"timeout" must be a number of milliseconds from 1 on, not NaN'],
  [{ timeout: untyped('5s') }, '"timeout" must be a number of milliseconds from 1 on, not a string'],
  [{ maxAge: -1 }, '"maxAge" must be a number of milliseconds from 0 on, not -1'],
])('a program that gives %o is told so', (options, message) => {
  expect(() => new LazySource(sourceOf(), options)).toThrow(message);
});

test.each([
  [{ statementTimeout: 0 }, '"statementTimeout" must be a number of milliseconds from 1 on, not 0'],
  [{ sharedTimeout: -5 }, '"sharedTimeout" must be a number of milliseconds from 1 on, not -5'],
  [{ idleTimeout: Number.NaN }, '"idleTimeout" must be a number of milliseconds from 0 on, not NaN'],
])('so is one that makes a catalog with %o', (options, message) => {
  expect(() => createCatalog(sourceOf(), options)).toThrow(message);
});

test('a statement that may take without an end has its time', async () => {
  const endless = Number.POSITIVE_INFINITY;
  await using catalog = createCatalog(sourceOf(), { statementTimeout: endless, idleTimeout: endless });
  const sql = 'SELECT count(*) FROM generate_series(1, 10000)';
  expect((await catalog.query(sql, [], { user: 'alice', database: 'shop' })).textRows()).toEqual([['10000']]);
});

describe('a version', () => {
  test('that stays the same spares the pull, and gives the very same content', async () => {
    let version: string | number = 1;
    const schemas = vi.fn(() => [{ oid: 70_001, name: 'public' }]);
    const lazy = new LazySource({ ...sourceOf({ schemas }), version: async () => version });
    const first = await lazy.content('shop', never);
    expect(await lazy.content('shop', never)).toBe(first);
    expect(schemas).toHaveBeenCalledTimes(1);
    version = '1';
    await lazy.content('shop', never);
    expect(schemas).toHaveBeenCalledTimes(2);
  });

  test.each([null, undefined])('that is %s is none: everything is asked for', async (version) => {
    const schemas = vi.fn(() => [{ oid: 70_001, name: 'public' }]);
    const settings = vi.fn(() => [{ name: 'work_mem', setting: '4MB' }]);
    const lazy = new LazySource({ ...sourceOf({ schemas, settings }), version: () => version });
    for (let times = 1; times <= 2; times += 1) {
      await lazy.content('shop', never);
      await lazy.settings?.('shop', never);
      expect(schemas).toHaveBeenCalledTimes(times);
      expect(settings).toHaveBeenCalledTimes(2 * times);
    }
  });

  test('of a pull that failed counts for nothing', async () => {
    let broken = true;
    const schemas = () => {
      if (broken) throw new Error('boom');
      return [];
    };
    const lazy = new LazySource({ ...sourceOf({ schemas }), version: () => 1 });
    await expect(lazy.content('shop', never)).rejects.toThrow('boom');
    broken = false;
    expect((await lazy.content('shop', never)).schemas).toEqual([]);
  });

  test('that cannot be had is an error of the source', async () => {
    const lazy = new LazySource({ ...sourceOf(), version: () => Promise.reject(new Error('no version')) });
    await expect(lazy.content('shop', never)).rejects.toMatchObject({
      message: 'lazy catalog source error: Error: no version',
      fields: { detail: 'version("shop") failed' },
    });
  });
});

describe('maxAge', () => {
  afterEach(() => void vi.useRealTimers());

  test('spares the pull for so long after the last one began', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const schemas = vi.fn(() => [{ oid: 70_001, name: 'public' }]);
    const lazy = new LazySource(sourceOf({ schemas }), { maxAge: 1000 });
    const first = await lazy.content('shop', never);
    vi.advanceTimersByTime(999);
    expect(await lazy.content('shop', never)).toBe(first);
    vi.advanceTimersByTime(1);
    await lazy.content('shop', never);
    expect(schemas).toHaveBeenCalledTimes(2);
  });
});

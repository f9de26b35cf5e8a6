import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { CatalogRegistry, createCatalog } from '../src/index.js';
import { Bystander } from './bystander.js';

const names = ['first', 'second', 'third'];

function registered(): CatalogRegistry {
  const registry = new CatalogRegistry();
  for (const name of names) registry.registerDatabase(name);
  return registry;
}

test('with more databases than there may be engines, the one asked longest ago starts again when it is asked', async () => {
  await using catalog = createCatalog(registered(), { engines: 2 });
  const ask = async (database: string) =>
    (await catalog.query('SELECT current_database()', [], { user: 'alice', database })).textRows();
  for (const database of [...names, 'first', 'third']) expect(await ask(database)).toEqual([[database]]);
});

test('when all engines are busy another database is told so, and has its turn afterwards', async () => {
  await using catalog = createCatalog(registered(), { engines: 1 });
  const slow = 'SELECT count(*) FROM pg_attribute a, pg_attribute b, generate_series(1, 3)';
  const busy = catalog.query(slow, [], { user: 'alice', database: 'first' });
  const other = () => catalog.query('SELECT current_database()', [], { user: 'alice', database: 'second' });
  await expect(other()).rejects.toMatchObject({ sqlstate: '53300' });
  await busy;
  expect((await other()).textRows()).toEqual([['second']]);
});

/** Runs the function with the processes that are started meanwhile, each of which is given to the other one first. */
async function withStarted(
  work: (started: readonly ChildProcess[]) => Promise<void>,
  each: (started: ChildProcess) => void = () => {},
): Promise<void> {
  const started: ChildProcess[] = [];
  const note = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('process' in message)) return;
    if (!(message.process instanceof ChildProcess)) return;
    started.push(message.process);
    each(message.process);
  };
  subscribe('child_process', note);
  try {
    await work(started);
  } finally {
    unsubscribe('child_process', note);
  }
}

test('a process of its own ends when no database is in use, and another is there when one is', () =>
  withStarted(async (started) => {
    await using catalog = createCatalog(registered(), { engine: 'process', idleTimeout: 10 });
    const ask = async () =>
      (await catalog.query('SELECT current_database()', [], { user: 'alice', database: 'first' })).textRows();
    expect(await ask()).toEqual([['first']]);
    await once(started[0]!, 'exit');
    expect(await ask()).toEqual([['first']]);
    expect(started).toHaveLength(2);
  }));

test('when the process is killed statements are asked of another one, and nobody is blamed', () =>
  withStarted(async (started) => {
    await using catalog = createCatalog(registered(), { engine: 'process' });
    const ask = async (sql: string, database: string) =>
      (await catalog.query(sql, [], { user: 'alice', database })).textRows();
    await Promise.all(['first', 'second'].map((database) => ask('SELECT 1', database)));
    const bystander = await Bystander.watch(catalog, 'second');
    for (let round = 0; round < 4; round += 1) {
      const slow = ask('SELECT count(*) FROM generate_series(1, 1000000)', 'first');
      await ask('SELECT 1', 'second');
      const killed = started.at(-1)!;
      // What is being written to it may be an error of its own, sooner than it has ended.
      const ended = new Promise((resolve) => killed.once('exit', resolve));
      killed.kill('SIGKILL');
      await ended;
      expect(await slow).toEqual([['1000000']]);
    }
    expect(started).toHaveLength(5);
    await bystander.expectUnharmed(20_000);
  }));

test('a statement that loses its process twice is told so', () =>
  withStarted(
    async (started) => {
      await using catalog = createCatalog(registered(), { engine: 'process' });
      const asked = catalog.query('SELECT current_database()', [], { user: 'alice', database: 'first' });
      await expect(asked).rejects.toMatchObject({ sqlstate: '58000' });
      expect(started).toHaveLength(2);
    },
    (child) => child.once('spawn', () => child.kill('SIGKILL')),
  ));

test.each(['worker', 'process'] as const)(
  'what was made ready is used once, and ends with the catalog (%s)',
  async (engine) => {
    await using unused = createCatalog(registered(), { engine });
    unused.prepare();
    await using catalog = createCatalog(registered(), { engine });
    catalog.prepare();
    catalog.prepare();
    for (const database of names) {
      const result = await catalog.query('SELECT current_database()', [], { user: 'alice', database });
      expect(result.textRows()).toEqual([[database]]);
    }
  },
);

test('many may ask at once, and Node has nothing to warn of', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  try {
    await using catalog = createCatalog(registered());
    const ask = () => catalog.query('SELECT current_database()', [], { user: 'alice', database: 'first' });
    await Promise.all(Array.from({ length: 20 }, ask));
    expect(warnings).toEqual([]);
  } finally {
    process.off('warning', note);
  }
});

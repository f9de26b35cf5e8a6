import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { CatalogRegistry, createCatalog } from '../src/index.js';

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

test('a process of its own ends when no database is in use, and another is there when one is', async () => {
  const started: ChildProcess[] = [];
  const note = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('process' in message)) return;
    if (message.process instanceof ChildProcess) started.push(message.process);
  };
  subscribe('child_process', note);
  try {
    await using catalog = createCatalog(registered(), { engine: 'process', idleTimeout: 10 });
    const ask = async () =>
      (await catalog.query('SELECT current_database()', [], { user: 'alice', database: 'first' })).textRows();
    expect(await ask()).toEqual([['first']]);
    await once(started[0]!, 'exit');
    expect(await ask()).toEqual([['first']]);
    expect(started).toHaveLength(2);
  } finally {
    unsubscribe('child_process', note);
  }
});

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

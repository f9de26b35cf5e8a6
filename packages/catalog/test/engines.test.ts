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

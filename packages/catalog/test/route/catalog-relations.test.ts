import { expect, test } from 'vitest';
import { catalogRelations } from '../../src/route/catalog-relations.js';
import { askOracle } from '../oracle.js';

test.each([...catalogRelations])('%s has the relations of PostgreSQL', async (schema, names) => {
  const rows = await askOracle(
    `select relname::text as name from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'v')`,
    [schema],
  );
  expect([...names].sort()).toEqual(rows.map(({ name }) => name).sort());
});

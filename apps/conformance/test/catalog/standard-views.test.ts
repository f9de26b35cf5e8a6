import pg from 'pg';
import { describe, expect, test } from 'vitest';
import type { ServerAddress } from '../../src/client.js';
import { debianIsAbsent, openDebianShop } from './debian-shop.js';
import { shopForTests } from './shop-for-tests.js';

// Before PostgreSQL 18 the standard views made a check up for every column that is NOT NULL.
describe.skipIf(debianIsAbsent)('information_schema has the rows of PostgreSQL 15:', () => {
  const live = shopForTests(openDebianShop);

  async function rowsOf(address: ServerAddress, sql: string): Promise<readonly unknown[]> {
    const client = new pg.Client(address);
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  }

  test.each([
    "SELECT * FROM information_schema.table_constraints WHERE table_schema !~ '^pg_|^information' ORDER BY 2, 6, 3",
    "SELECT * FROM information_schema.check_constraints WHERE constraint_schema !~ '^pg_|^information' ORDER BY 2, 3",
    'SELECT * FROM information_schema.constraint_column_usage ORDER BY 2, 3, 4, 7',
    `SELECT count(*) FROM information_schema.check_constraints JOIN information_schema.table_constraints
      USING (constraint_schema, constraint_name) WHERE table_schema !~ '^pg_|^information'`,
  ])('%s', async (sql) => {
    const theirs = await rowsOf(live().theirs, sql);
    expect(theirs.length).toBeGreaterThan(0);
    expect(await rowsOf(live().ours, sql)).toEqual(theirs);
  });
});

import pg from 'pg';
import { expect, test } from 'vitest';
import { serve } from '../src/index.js';
import { portOf } from './listening.js';

test('the catalog runs where its options say, within their limits', async () => {
  await using server = await serve({
    address: '127.0.0.1:0',
    query: () => [{ answer: 42 }],
    catalogOptions: { engine: 'process', resultLimit: 1000 },
  });
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  await client.connect();
  expect((await client.query('SELECT current_database() AS name')).rows).toEqual([{ name: 'shop' }]);
  await expect(client.query('SELECT * FROM pg_type')).rejects.toMatchObject({ code: '54000' });
  await client.end();
});

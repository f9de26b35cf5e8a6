import { startServer } from '@riffq/testing';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { buildExamples, examplePath } from './build-examples.js';

beforeAll(buildExamples, 180_000);

test('the server of the README answers with rows, with parameters, and with its own error', async () => {
  await using server = await startServer(process.execPath, [examplePath('hello')]);
  const client = new pg.Client({ host: server.host, port: server.port, user: 'reader', database: 'sky' });
  await client.connect();
  try {
    expect((await client.query('select * from planets')).rows).toEqual([
      { name: 'Mercury', distance: 0.39, moons: '0' },
      { name: 'Earth', distance: 1, moons: '1' },
      { name: 'Jupiter', distance: 5.2, moons: '95' },
    ]);
    const one = await client.query('select * from planets where name = $1', ['Earth']);
    expect(one.rows).toEqual([{ name: 'Earth', distance: 1, moons: '1' }]);
    await expect(client.query('select * from moons')).rejects.toMatchObject({ code: '42P01' });
  } finally {
    await client.end();
  }
});

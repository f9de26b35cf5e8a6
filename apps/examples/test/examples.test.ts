import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startServer } from '@riffq/testing';
import pg from 'pg';
import { expect, test } from 'vitest';
import { builtProgram } from './built-program.js';

const run = promisify(execFile);

test('the demo loads real data, answers its queries over TCP, tells how to connect, and ends by itself', async () => {
  const { stdout, stderr } = await run('node', [builtProgram('demo'), '--once', '--port', '0'], { timeout: 120_000 });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/flights\s+flights-3m\.parquet \.\.\. \d+ ms/);
  expect(stdout).toMatch(/│ +3000000 │/);
  expect(stdout).toMatch(/flights_200k +│ +200000 │/);
  expect(stdout).toMatch(/long_routes .*from coast to coast/);
  expect(stdout).toMatch(/routes +│ FOREIGN KEY \(origin\) REFERENCES airports\(iata\)/);
  expect(stdout).toMatch(/Honolulu/);
  expect(stdout).toMatch(/Indonesia/);
  expect(stdout).toMatch(/psql -h 127\.0\.0\.1 -p \d+ -U demo demo/);
}, 150_000);

test('the server of the README answers with rows, with parameters, and with its own error', async () => {
  await using server = await startServer(process.execPath, [builtProgram('hello')]);
  const client = new pg.Client({ host: server.host, port: server.port, user: 'reader', database: 'sky' });
  await client.connect();
  try {
    expect((await client.query('select * from planets')).rows).toEqual([
      { name: 'Mercury', moons: '0' },
      { name: 'Earth', moons: '1' },
      { name: 'Jupiter', moons: '95' },
    ]);
    const one = await client.query('select * from planets where name = $1', ['Earth']);
    expect(one.rows).toEqual([{ name: 'Earth', moons: '1' }]);
    await expect(client.query('select * from moons')).rejects.toMatchObject({ code: '42P01' });
  } finally {
    await client.end();
  }
});

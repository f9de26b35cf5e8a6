import { execFile } from 'node:child_process';
import { on } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
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

test('the program that traces tells of each statement, and its handler knows the span that it is in', async () => {
  await using server = await startServer(process.execPath, [builtProgram('tracing')]);
  const told = createInterface({ input: server.process.stdout ?? new PassThrough() });
  const client = new pg.Client({ host: server.host, port: server.port, user: 'reader', database: 'sky' });
  await client.connect();
  const lines = on(told, 'line');
  expect((await client.query('select 1')).rows).toEqual([{ span: 'select 1' }]);
  await client.end();
  for await (const [line] of lines) {
    if (!line.startsWith('statement')) continue;
    expect(JSON.parse(line.slice('statement '.length))).toMatchObject({ sql: 'select 1', kind: 'handler', rows: 1 });
    break;
  }
});

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

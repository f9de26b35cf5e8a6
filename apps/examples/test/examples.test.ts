import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from '@riffq/testing';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const program = (name: string): string => fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));

// Examples are tested as users run them: built, with the packages under them.
beforeAll(async () => {
  const build = ['--yes', 'pnpm@12', 'exec', 'turbo', 'run', 'build', '--filter=@riffq/examples...'];
  await run('npx', [...build, '--output-logs=errors-only'], { cwd: root, shell: process.platform === 'win32' });
}, 180_000);

test('the demo loads real data, answers its queries over TCP, tells how to connect, and ends by itself', async () => {
  const { stdout, stderr } = await run('node', [program('demo'), '--once', '--port', '0'], { timeout: 120_000 });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/flights\s+flights-3m\.parquet \.\.\. \d+ ms/);
  expect(stdout).toMatch(/│ +3000000 │/);
  expect(stdout).toMatch(/flights_200k +│ +200000 │/);
  expect(stdout).toMatch(/Honolulu/);
  expect(stdout).toMatch(/Indonesia/);
  expect(stdout).toMatch(/psql -h 127\.0\.0\.1 -p \d+ -U demo demo/);
}, 150_000);

test('the server of the README answers with rows, with parameters, and with its own error', async () => {
  await using server = await startServer(process.execPath, [program('hello')]);
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

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from '@riffq/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, type TestContext, test } from 'vitest';
import { parseUpstreamAddress } from '../src/postgres-proxy/upstream-address.js';
import { builtProgram } from './built-program.js';

const run = promisify(execFile);
const program = builtProgram('postgres-proxy');
const certificate = (name: string): string =>
  fileURLToPath(new URL(`../../../packages/testing/test/fixtures/localhost.${name}.pem`, import.meta.url));
const oracle = inject('oracle');
const upstream = `${oracle.socketDirectory}:${oracle.port}`;
const psqlVersion = await run('psql', ['--version']).then(
  ({ stdout }) => stdout,
  () => undefined,
);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riffq-proxy-'));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the proxy as a program', () => {
  test('listens with TLS, and prints the statements that come by but none of their values', async () => {
    const tls = ['--tls-cert', certificate('crt'), '--tls-key', certificate('key')];
    const options = ['--listen', '127.0.0.1:{port}', '--upstream', upstream, ...tls, '--log'];
    await using server = await startServer(process.execPath, [program, ...options]);
    const client = new pg.Client({ ...oracle, port: server.port, ssl: { ca: await readFile(certificate('crt')) } });
    await client.connect();
    await client.query('begin');
    await client.query('select $1::text as secret from pg_class where relname = $2', ['a secret', 'pg_class']);
    await client.query('commit');
    await client.end();
    expect(server.output).toContain(`${oracle.user}@${oracle.database}`);
    expect(server.output).toContain('  begin\n');
    expect(server.output).toMatch(/ {2}select \$1::text as secret\n {2}from pg_class\n {2}where relname = \$2\n/);
    expect(server.output).not.toContain('a secret');
  });

  test('copies 200,000 rows in and out by psql, in every format', async (context) => {
    await using server = await startServer(process.execPath, [
      program,
      ...['--listen', '127.0.0.1:{port}', '--upstream', `postgres://${oracle.host}:${oracle.port}`],
    ]);
    const psql = runPsql(context, server.port);
    await psql('create table copied (id int, t text)');
    const given = join(folder, 'given.csv');
    const lines = Array.from({ length: 200_000 }, (_, id) => `${id},${randomBytes(8).toString('hex')}\n`);
    await writeFile(given, lines.join(''));
    expect(await psql(`\\copy copied from '${given}' (format csv)`)).toBe('COPY 200000\n');
    for (const format of ['csv', 'text', 'binary']) {
      const file = join(folder, format);
      expect(await psql(`\\copy copied to '${file}' (format ${format})`)).toBe('COPY 200000\n');
      await psql('truncate copied');
      expect(await psql(`\\copy copied from '${file}' (format ${format})`)).toBe('COPY 200000\n');
    }
    await psql(`\\copy (select * from copied order by id) to '${join(folder, 'end.csv')}' (format csv)`);
    expect(await readFile(join(folder, 'end.csv'), 'utf8')).toBe(lines.join(''));
    await psql('drop table copied');
  });

  test.each([
    [[], '--upstream is missing'],
    [['--upstream', 'mysql://here'], 'no address of a server: mysql://here'],
    [['--upstream', '/tmp', '--tls-cert', 'a'], '--tls-cert and --tls-key go together'],
  ])('says how it is used when it is told %j', async (options, complaint) => {
    await expect(run(process.execPath, [program, ...options])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(new RegExp(`^${complaint}\nusage: postgres-proxy`)),
    });
  });
});

function runPsql(context: TestContext, port: number): (sql: string) => Promise<string> {
  if (psqlVersion === undefined && process.env['CI']) throw new Error('did not run: psql is not installed');
  context.skip(psqlVersion === undefined, 'psql is not installed');
  const env = { ...process.env, PGPASSWORD: oracle.password };
  const target = ['-h', '127.0.0.1', '-p', String(port), '-U', oracle.user, '-d', oracle.database];
  return async (sql) => {
    const options = ['-X', '-v', 'ON_ERROR_STOP=1', ...target, '-c', sql];
    return (await run('psql', options, { env })).stdout;
  };
}

test.each([
  ['postgres://db.example:6432', { host: 'db.example', port: 6432 }],
  ['postgresql://[::1]', { host: '::1', port: 5432 }],
  ['/var/run/postgresql', { path: '/var/run/postgresql/.s.PGSQL.5432' }],
  ['/tmp:5433', { path: '/tmp/.s.PGSQL.5433' }],
])('the upstream server of %s', (text, address) => {
  expect(parseUpstreamAddress(text)).toEqual(address);
});

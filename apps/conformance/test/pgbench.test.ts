import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, type TestContext, test } from 'vitest';
import { startProxyServer } from '../src/servers/proxy-server.js';

const run = promisify(execFile);
const oracle = inject('oracle');
const proxy = await startProxyServer(oracle);
const address = proxy.address();
const port = typeof address === 'object' ? String(address?.port) : '';
const database = 'pgbench through the proxy';
const version = await run('pgbench', ['--version']).then(
  ({ stdout }) => stdout,
  () => undefined,
);

async function ask(database: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ ...oracle, port: Number(port), database });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

/** What pgbench says, to which standard error belongs: it ends well also when transactions have failed. */
async function pgbench(context: TestContext, ...options: readonly string[]): Promise<string> {
  if (version === undefined && process.env['CI']) throw new Error('did not run: pgbench is not installed');
  context.skip(version === undefined, 'pgbench is not installed');
  const env = { ...process.env, PGHOST: '127.0.0.1', PGPORT: port, PGUSER: oracle.user, PGPASSWORD: oracle.password };
  const { stdout, stderr } = await run('pgbench', [...options, database], { env });
  return stdout + stderr;
}

beforeAll(() => ask('postgres', `create database "${database}"`));
afterAll(() => proxy.close());

let transactions = 0;

test('pgbench fills its tables by COPY and vacuums them', async (context) => {
  expect(await pgbench(context, '-i', '-s', '1')).toContain('vacuuming');
  expect(await ask(database, 'select count(*) from pgbench_accounts')).toEqual({ count: '100000' });
});

// `-v` vacuums first, around which no block may be; the others keep what was there before.
const modes = [
  { mode: 'simple', more: ['-v'] },
  { mode: 'extended', more: ['-n'] },
  { mode: 'prepared', more: ['-n'] },
  { mode: 'prepared', more: ['-n', '-C'] },
] as const;

for (const { mode, more } of modes) {
  test(`pgbench -M ${[mode, ...more].join(' ')} has every transaction done, once`, async (context) => {
    const output = await pgbench(context, '-M', mode, '-c', '4', '-t', '25', ...more);
    transactions += 100;
    expect(output).toContain('number of transactions actually processed: 100/100');
    expect(output).not.toMatch(/error|fatal/i);
    expect(await ask(database, 'select count(*) from pgbench_history')).toEqual({ count: String(transactions) });
    expect(
      await ask(
        database,
        `select (select sum(abalance) from pgbench_accounts) = (select sum(delta) from pgbench_history) as accounts,
          (select sum(bbalance) from pgbench_branches) = (select sum(delta) from pgbench_history) as branches`,
      ),
    ).toEqual({ accounts: true, branches: true });
  });
}

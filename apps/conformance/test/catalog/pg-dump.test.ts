import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerAddress } from '../../src/client.js';
import { type Oracle, startOracle } from '../../src/oracle/start-oracle.js';
import { debianPrograms } from './debian-programs.js';
import { type LiveShop, openLiveShop } from './live-shop.js';
import { runPsql } from './psql-script.js';

const run = promisify(execFile);
const programs = await debianPrograms();
if (programs === undefined && process.env['CI']) throw new Error('did not run: PostgreSQL 15 is not installed');

describe.skipIf(programs === undefined)('pg_dump -s', () => {
  let oracle: Oracle;
  let live: LiveShop;

  beforeAll(async () => {
    if (programs === undefined) return;
    oracle = await startOracle({ programs });
    live = await openLiveShop(oracle.address, '15.20');
  });
  afterAll(async () => {
    await live?.[Symbol.asyncDispose]();
    await oracle?.close();
  });

  test.for([[], ['-n', 'shop'], ['-t', 'shop.lines'], ['-T', 'shop.*'], ['--inserts', '--no-owner', '-x']])(
    'writes down the same as of PostgreSQL, with %j',
    async (options) => {
      const ours = await dump(live.ours, options);
      expect(ours).toContain(options.includes('shop.*') ? 'CREATE TABLE public.users' : 'CREATE TABLE shop.lines');
      expect(ours).toBe(await dump(live.theirs, options));
    },
  );

  test('makes a script that PostgreSQL restores, to the same schema', async () => {
    const { address } = oracle;
    const admin = new pg.Client(address);
    await admin.connect();
    await admin.query('CREATE DATABASE restored TEMPLATE template0');
    await admin.end();
    const ours = await dump(live.ours, []);
    const restored = { ...address, database: 'restored' };
    expect((await runPsql(restored, [ours])).get(ours)).not.toContain('ERROR');
    expect(await dump(restored, [])).toBe(ours);
  });
});

/** The script, without what is another one each time. */
async function dump(address: ServerAddress, options: readonly string[]): Promise<string> {
  const { host, port, user, database, password } = address;
  const place = ['-h', host, '-p', String(port), '-U', user, '-d', database];
  const { stdout } = await run('pg_dump', ['-s', ...options, ...place], {
    env: { ...process.env, PGPASSWORD: password },
  });
  return stdout.replace(/^\\(un)?restrict .*$/gm, '').replace(/^-- Dumped from .*$/m, '');
}

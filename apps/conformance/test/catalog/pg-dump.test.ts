import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import type { ServerAddress } from '../../src/client.js';
import { debianIsAbsent, openDebianShop } from './debian-shop.js';
import { runPsql } from './psql-script.js';
import { shopForTests } from './shop-for-tests.js';

const run = promisify(execFile);

describe.skipIf(debianIsAbsent)('pg_dump -s', () => {
  const live = shopForTests(openDebianShop);

  test.for([[], ['-n', 'shop'], ['-t', 'shop.lines'], ['-T', 'shop.*'], ['--inserts', '--no-owner', '-x']])(
    'writes down the same as of PostgreSQL, with %j',
    async (options) => {
      const ours = await dump(live().ours, options);
      expect(ours).toContain(options.includes('shop.*') ? 'CREATE TABLE public.users' : 'CREATE TABLE shop.lines');
      expect(ours).toBe(await dump(live().theirs, options));
    },
  );

  test('makes a script that PostgreSQL restores, to the same schema', async () => {
    const { oracle, ours: place } = live();
    const admin = new pg.Client(oracle);
    await admin.connect();
    await admin.query('CREATE DATABASE restored TEMPLATE template0');
    await admin.end();
    const ours = await dump(place, []);
    const restored = { ...oracle, database: 'restored' };
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

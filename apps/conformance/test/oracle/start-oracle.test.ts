import { access, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { startOracle } from '../../src/oracle/start-oracle.js';

describe('the oracle of the test run', () => {
  test('is PostgreSQL 18, in UTF-8, UTC and the C locale', async () => {
    const client = new pg.Client(inject('oracle'));
    await client.connect();
    const { rows } = await client.query(`
      select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
        current_setting('TimeZone') as zone, (select datcollate from pg_database where datname = 'postgres') as locale`);
    await client.end();
    expect(rows[0]).toMatchObject({ encoding: 'UTF8', zone: 'UTC', locale: 'C' });
    expect(rows[0].version).toBeGreaterThanOrEqual(180_000);
  });

  test('is reached through its Unix socket without a password', async () => {
    const { socketDirectory, port, user, database } = inject('oracle');
    const client = new pg.Client({ host: socketDirectory, port, user, database });
    await client.connect();
    const { rows } = await client.query('select inet_client_addr() as address');
    await client.end();
    expect(rows).toEqual([{ address: null }]);
  });

  test('refuses a wrong password over TCP', async () => {
    const client = new pg.Client({ ...inject('oracle'), password: 'guessed' });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
  });
});

test('a second oracle runs beside the first, with settings of its own, and leaves nothing behind', async () => {
  const oracle = await startOracle({ settings: { max_connections: '7' } });
  const client = new pg.Client(oracle.address);
  await client.connect();
  const { rows } = await client.query('show max_connections');
  await client.end();
  const processId = Number(
    (await readFile(`${dirname(oracle.address.socketDirectory)}/data/postmaster.pid`, 'utf8')).split('\n')[0],
  );
  expect(rows).toEqual([{ max_connections: '7' }]);
  expect(oracle.pid).toBe(processId);

  await oracle.close();

  await expect(access(dirname(oracle.address.socketDirectory))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(() => process.kill(oracle.pid, 0)).toThrow('ESRCH');
});

test('a setting that PostgreSQL does not know is an error that quotes PostgreSQL', async () => {
  await expect(startOracle({ settings: { no_such_setting: '1' } })).rejects.toThrow(
    'unrecognized configuration parameter',
  );
});

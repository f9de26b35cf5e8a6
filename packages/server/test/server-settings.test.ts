import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { type RiffqServer, selfSignedCertificate } from '../src/index.js';
import { serveEmptyCatalog } from './compared-session.js';
import { portOf } from './listening.js';

const names =
  'port max_connections reserved_connections superuser_reserved_connections listen_addresses unix_socket_directories ssl authentication_timeout'.split(
    ' ',
  );

/** What SHOW, current_setting and pg_settings say of each, and where it is from. */
async function settingsOf(client: pg.Client): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const name of names) {
    const { rows: shown } = await client.query<string[]>({ text: `SHOW ${name}`, rowMode: 'array' });
    const sql = `SELECT current_setting('${name}'), setting || CASE WHEN unit = 's' THEN unit ELSE '' END, source, reset_val = setting
      FROM pg_settings WHERE name = '${name}'`;
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    const [current, setting, source, isReset] = rows[0] ?? [];
    expect([current, isReset]).toEqual([shown[0]?.[0], true]);
    found[name] = [setting, source];
  }
  return found;
}

async function connected(server: RiffqServer, more: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop', ...more });
  await client.connect();
  return client;
}

const configured = 'configuration file';

describe('what a server is, its settings say', () => {
  test('of a server at a port', async () => {
    const limits = { connections: 12, reservedConnections: { count: 2, mayUse: () => false }, startupTimeout: 30_000 };
    await using server = await serveEmptyCatalog({ limits });
    const client = await connected(server);
    expect(await settingsOf(client)).toEqual({
      port: [String(portOf(server)), configured],
      max_connections: ['12', configured],
      reserved_connections: ['2', configured],
      superuser_reserved_connections: ['0', configured],
      listen_addresses: ['127.0.0.1', configured],
      unix_socket_directories: ['', configured],
      ssl: ['off', 'default'],
      authentication_timeout: ['30s', configured],
    });
    await expect(client.query('SET port = 1')).rejects.toMatchObject({ code: '55P02' });
    await client.end();
  });

  test.skipIf(process.platform === 'win32')('of a server at a Unix socket, without a limit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'riffq-'));
    try {
      const address = { path: join(folder, '.s.PGSQL.6543') };
      await using server = await serveEmptyCatalog({ address, limits: { connections: 0 } });
      const client = new pg.Client({ host: folder, port: 6543, user: 'alice', database: 'shop' });
      await client.connect();
      expect(await settingsOf(client)).toMatchObject({
        port: ['6543', configured],
        max_connections: ['262143', configured],
        reserved_connections: ['0', 'default'],
        listen_addresses: ['', configured],
        unix_socket_directories: [folder, configured],
      });
      await client.end();
      expect(server.address()).toBe(address.path);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('of a server with TLS, and pg_stat_ssl of the session', async () => {
    const { certificate, key } = selfSignedCertificate();
    await using server = await serveEmptyCatalog({ tls: { certificate, key } });
    const [secure, plain] = [await connected(server, { ssl: { rejectUnauthorized: false } }), await connected(server)];
    expect(await settingsOf(secure)).toMatchObject({ ssl: ['on', configured] });
    const sql = 'SELECT ssl, version, cipher, bits FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    const expected = { ssl: true, version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', bits: 256 };
    expect((await secure.query(sql)).rows).toEqual([expected]);
    expect((await plain.query(sql)).rows).toEqual([{ ssl: false, version: null, cipher: null, bits: null }]);
    await Promise.all([secure.end(), plain.end()]);
  });
});

test('the greatest values of settings are those of SET', async () => {
  await using server = await serveEmptyCatalog();
  const client = await connected(server);
  const sql = "SELECT max_val FROM pg_settings WHERE name IN ('work_mem', 'maintenance_work_mem')";
  expect((await client.query(sql)).rows).toEqual([{ max_val: '2147483647' }, { max_val: '2147483647' }]);
  await client.query('SET work_mem = 2147483647');
  await client.end();
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSignedCertificate } from '@riffq/server';
import { afterAll, describe, expect, test } from 'vitest';
import { startPsql } from '../../src/clients/psql.js';
import { clients } from '../../src/clients.js';
import { linkLibraries } from '../../src/oracle/native-binaries.js';
import { password, startGuardedServer } from '../../src/servers/guarded-server.js';
import { closeClients, startClients } from './start-clients.js';

const folder = mkdtempSync(join(tmpdir(), 'riffq-guarded-'));
const certificate = selfSignedCertificate({ folder: join(folder, 'server') });
const own = selfSignedCertificate({ folder: join(folder, 'client'), names: ['certified'] });
const stranger = selfSignedCertificate({ folder: join(folder, 'stranger') });
const server = await startGuardedServer(certificate, own);
const libraries = await linkLibraries(join(folder, 'lib'));
const started = await startClients({
  ...clients,
  ...(process.platform === 'linux' && { 'psql with libpq 18': () => startPsql(libraries) }),
});
afterAll(async () => {
  await closeClients(started);
  await server.close();
  rmSync(folder, { recursive: true });
});

const root = { sslrootcert: String(certificate.certificate) };
const shown = { sslcert: String(own.certificate), sslkey: String(own.key) };
const full = { ...root, sslmode: 'verify-full' };

/** What only some of them can be told. */
const knows: Readonly<Record<string, readonly string[]>> = {
  psql: ['channel_binding'],
  'psql with libpq 18': ['channel_binding', 'sslnegotiation', 'min_protocol_version'],
  psycopg: ['channel_binding', 'sslnegotiation', 'min_protocol_version'],
  pgx: ['channel_binding', 'sslnegotiation', 'min_protocol_version'],
  pgjdbc: ['channel_binding', 'sslnegotiation'],
  pg: ['channel_binding', 'sslnegotiation'],
  'postgres.js': ['sslnegotiation'],
  asyncpg: ['sslnegotiation'],
};

describe.each(started)('$name', ({ name, client }) => {
  const isHere = 'connect' in client;

  /** What the server sees of a client that comes as this user. */
  async function seen(
    user: string,
    settings: Readonly<Record<string, string>> = {},
    secret = password,
  ): Promise<unknown> {
    if (!isHere) throw client;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('expected a port');
    const target = { host: 'localhost', port: address.port, user, database: 'shop', password: secret, settings };
    const connection = await client.connect(target);
    try {
      const { rows } = await connection.query('SELECT who()');
      return rows[0]?.[0];
    } finally {
      await connection.close();
    }
  }

  test.skipIf(!isHere)('comes in by every method, in the clear', async () => {
    for (const user of ['trusted', 'clear', 'hashed', 'scrammed']) {
      expect(await seen(user, { sslmode: 'disable' })).toMatch(`${user} plain`);
    }
  });

  test.skipIf(!isHere)('is refused with a wrong password, as an unknown user, and where nobody comes in', async () => {
    for (const user of ['clear', 'hashed', 'scrammed', 'mallory']) {
      await expect(seen(user, {}, 'wrong')).rejects.toThrow(`password authentication failed for user "${user}"`);
    }
    await expect(seen('rejected')).rejects.toThrow('pg_hba.conf rejects connection');
    await expect(seen('certified')).rejects.toThrow('connection requires a valid client certificate');
  });

  test.skipIf(!isHere).each(['require', 'verify-ca', 'verify-full'])(
    'comes in by every method, with sslmode=%s',
    async (sslmode) => {
      for (const user of ['trusted', 'clear', 'hashed', 'scrammed']) {
        expect(await seen(user, { ...root, sslmode })).toMatch(`${user} TLS`);
      }
      await expect(seen('scrammed', { ...root, sslmode }, 'wrong')).rejects.toThrow('password authentication failed');
    },
  );

  test.skipIf(!isHere)('does not trust a stranger’s certificate with sslmode=verify-full', async () => {
    await expect(seen('trusted', { ...full, sslrootcert: String(stranger.certificate) })).rejects.toThrow();
  });

  test.skipIf(!isHere)('comes in by its certificate', async () => {
    expect(await seen('certified', { ...full, ...shown })).toMatch(/certified TLS .*certified/);
    const strange = { sslcert: String(stranger.certificate), sslkey: String(stranger.key) };
    await expect(seen('certified', { ...full, ...strange })).rejects.toThrow('requires a valid client certificate');
  });

  const others = [
    ['channel_binding', 'require'],
    ['sslnegotiation', 'direct'],
    ['min_protocol_version', '3.2'],
  ].filter(([setting = '']) => knows[name]?.includes(setting));
  test.skipIf(!isHere).each(others)('comes in with %s=%s', async (setting = '', value = '') => {
    const settings = {
      ...full,
      [setting]: value,
      ...(setting === 'min_protocol_version' && { max_protocol_version: value }),
    };
    expect(await seen('scrammed', settings)).toMatch('scrammed TLS');
  });
});

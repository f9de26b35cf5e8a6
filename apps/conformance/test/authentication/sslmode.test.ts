import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Authentication,
  BaseConnection,
  RiffqServer,
  type StartOptions,
  scramVerifier,
  selfSignedCertificate,
} from '@riffq/server';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import type { Client } from '../../src/client.js';
import { startPsql } from '../../src/clients/psql.js';
import { startPsycopg } from '../../src/clients/psycopg.js';
import { linkLibraries } from '../../src/oracle/native-binaries.js';
import { type Oracle, startOracle } from '../../src/oracle/start-oracle.js';
import { closeClients, startClients } from './start-clients.js';

const folder = mkdtempSync(join(tmpdir(), 'riffq-sslmode-'));
const sslrootcert = join(folder, 'root.crt');
const made = selfSignedCertificate();
const [certificate, key] = [String(made.certificate), String(made.key)];
writeFileSync(sslrootcert, certificate);
const password = 'secret';
const verifier = await scramVerifier(password);

/** Answers every statement with whether its client has TLS, as pg_stat_ssl does. */
class Connection extends BaseConnection {
  override lookupPassword() {
    return verifier;
  }
  override handleQuery() {
    return [{ ssl: this.session.encrypted }];
  }
}

const isEncrypted = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
const scram = 'all 127.0.0.1/32 scram-sha-256';

/** A server of ours and the PostgreSQL with the same set-up, and what becomes of a client with each sslmode. */
interface Setup {
  readonly tls: NonNullable<StartOptions['tls']>;
  readonly authentication?: Authentication;
  readonly hostRules: readonly string[];
  readonly outcomes: Readonly<Record<string, 'plain' | 'TLS' | RegExp>>;
}

const noTls = /server does not support SSL, but SSL was required/;
const required = { require: 'TLS', 'verify-ca': 'TLS', 'verify-full': 'TLS' } as const;
const unavailable = (why: RegExp) => ({ require: why, 'verify-ca': why, 'verify-full': why });

const setups: Readonly<Record<string, Setup>> = {
  'without TLS': {
    tls: false,
    hostRules: [`host all ${scram}`],
    outcomes: { disable: 'plain', allow: 'plain', prefer: 'plain', ...unavailable(noTls) },
  },
  'with TLS': {
    tls: true,
    hostRules: [`host all ${scram}`],
    outcomes: { disable: 'plain', allow: 'plain', prefer: 'TLS', ...required },
  },
  'that requires TLS (hostssl)': {
    tls: 'require',
    hostRules: [`hostssl all ${scram}`],
    outcomes: {
      disable: /no pg_hba.conf entry for host "127.0.0.1", user "alice", database "postgres", no encryption/,
      allow: 'TLS',
      prefer: 'TLS',
      ...required,
    },
  },
  'that rejects TLS (hostnossl)': {
    tls: true,
    authentication: ({ encrypted }) => (encrypted ? 'reject' : 'scram-sha-256'),
    hostRules: [`hostnossl all ${scram}`, 'hostssl all all 127.0.0.1/32 reject'],
    outcomes: {
      disable: 'plain',
      allow: 'plain',
      prefer: 'plain',
      ...unavailable(/pg_hba.conf rejects connection for host "127.0.0.1", user "alice".* SSL encryption/),
    },
  },
};

const libraries = await linkLibraries(join(folder, 'lib'));
const started = await startClients({
  psql: () => startPsql(),
  ...(process.platform === 'linux' && { 'psql with libpq 18': () => startPsql(libraries) }),
  psycopg: startPsycopg,
});
const closing: (() => Promise<void>)[] = [];
const servers = new Map(
  await Promise.all(Object.entries(setups).map(async ([name, setup]) => [name, await startBoth(setup)] as const)),
);
afterAll(async () => {
  await closeClients(started);
  for (const close of closing) await close();
  rmSync(folder, { recursive: true });
});

async function startBoth({ tls, authentication, hostRules }: Setup) {
  const server = new RiffqServer('127.0.0.1:0', Connection, {
    sessionStatements: 'server',
    ...(authentication && { authentication }),
  });
  server.setTls(certificate, key);
  closing.push(() => server.close());
  const address = await server.listen({ tls });
  if (typeof address === 'string') throw new Error('expected a port');
  const oracle = await startOracle({ hostRules, ...(tls && { tls: { certificate, key, ca: certificate } }) });
  closing.push(() => oracle.close());
  await makeRole(oracle);
  return { ours: address.port, theirs: oracle.address.port };
}

async function makeRole({ address: { socketDirectory, port, user } }: Oracle): Promise<void> {
  const client = new pg.Client({ host: socketDirectory, port, user });
  await client.connect();
  await client.query(`CREATE ROLE alice LOGIN PASSWORD '${verifier}'`);
  await client.end();
}

/** What a client sees of its encryption, or all that it says of why it cannot come in. */
async function outcomeOf(client: Client, port: number, sslmode: string, secret = password): Promise<unknown> {
  const settings = { sslmode, sslrootcert, hostaddr: '127.0.0.1' };
  const target = { host: 'localhost', port, user: 'alice', database: 'postgres', password: secret, settings };
  try {
    const connection = await client.connect(target);
    const { rows } = await connection.query(isEncrypted);
    await connection.close();
    return rows[0]?.[0];
  } catch (error) {
    return String(error)
      .replaceAll(String(port), 'PORT')
      .replaceAll(/\nHINT:.*/g, '');
  }
}

describe.each(started)('$name', ({ client }) => {
  const isHere = 'connect' in client;

  describe.each(Object.entries(setups))('comes to a server %s, as to PostgreSQL,', (name, { outcomes }) => {
    const { ours, theirs } = servers.get(name) ?? { ours: 0, theirs: 0 };

    test.skipIf(!isHere).each(Object.entries(outcomes))('with sslmode=%s: %s', async (sslmode, outcome) => {
      if (!isHere) throw client;
      const [seen, expected] = await Promise.all([
        outcomeOf(client, ours, sslmode),
        outcomeOf(client, theirs, sslmode),
      ]);
      expect(seen).toEqual(expected);
      if (outcome instanceof RegExp) expect(seen).toMatch(outcome);
      else expect(seen).toMatch(outcome === 'TLS' ? /^"t"$|^True$/ : /^"f"$|^False$/);
    });

    test.skipIf(!isHere).each(['allow', 'prefer'])('with sslmode=%s and a wrong password: in vain', async (sslmode) => {
      if (!isHere) throw client;
      const [seen, expected] = await Promise.all([
        outcomeOf(client, ours, sslmode, 'wrong'),
        outcomeOf(client, theirs, sslmode, 'wrong'),
      ]);
      expect(seen).toEqual(expected);
      expect(seen).toMatch(/password authentication failed for user "alice"/);
    });
  });
});

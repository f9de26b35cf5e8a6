import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, inject, test } from 'vitest';
import type { Behaviour, Dialect } from '../src/behaviour.js';
import { behaviours } from '../src/behaviours.js';
import { type Client, ClientAbsentError, type Connection, type ServerAddress } from '../src/client.js';
import { clients } from '../src/clients.js';
import { CompatibilityTable } from '../src/compatibility-table.js';
import { untilRunning } from '../src/oracle/until-running.js';
import { startServers } from '../src/servers.js';

const oracle = inject('oracle');
const servers = await startServers(oracle);
const started = await Promise.all(Object.entries(clients).map(([name, start]) => startOrAbsence(name, start)));
const table = new CompatibilityTable(
  started.map(({ label }) => label),
  behaviours,
);

async function startOrAbsence(name: string, start: () => Promise<Client>) {
  try {
    const client = await start();
    return { label: client.version, client };
  } catch (error) {
    if (error instanceof ClientAbsentError) {
      return { label: name, absence: error.message };
    }
    throw error;
  }
}

/** Without this, a client that showed us nothing would pass everything. */
async function tellsApart(client: Client): Promise<void> {
  const connection = await client.connect(oracle);
  const one = await connection.query('SELECT CAST(1 AS INTEGER) AS value');
  const others = [
    'SELECT CAST(2 AS INTEGER) AS value',
    'SELECT CAST(1 AS INTEGER) AS "Value"',
    'SELECT CAST(NULL AS INTEGER) AS value',
    'SELECT CAST(1 AS INTEGER) AS value UNION ALL SELECT 1',
    'SELECT CAST(1 AS INTEGER) AS value, 1 AS other',
    ...(one.columns[0]?.type === null ? [] : ['SELECT CAST(1 AS BIGINT) AS value']),
  ];
  for (const sql of others) {
    expect(await connection.query(sql), sql).not.toEqual(one);
  }
  await connection.close();
}

interface Target {
  readonly address: ServerAddress;
  readonly dialect: Dialect;
  untilRunning(text: string): Promise<void>;
}

async function observe(client: Client, behaviour: Behaviour, { address, ...target }: Target): Promise<unknown> {
  const connections: Connection[] = [];
  const connect = async (way?: string) => {
    const connection = await client.connect(address, way);
    connections.push(connection);
    return connection;
  };
  try {
    return await behaviour.observe(await connect(), { ...target, ...client, connect });
  } finally {
    for (const connection of connections) {
      await connection.close();
    }
  }
}

const postgresql: Target = {
  address: oracle,
  dialect: 'postgresql',
  untilRunning: (text) => untilRunning(oracle, text),
};

function ours({ server }: Behaviour): Target {
  return { address: servers.addresses[server], dialect: 'duckdb', untilRunning: servers.untilRunning };
}

for (const { label, client, absence } of started) {
  describe(label, () => (client === undefined ? notHere(label, absence) : tried(label, client)));
}

function notHere(label: string, absence: string): void {
  for (const behaviour of behaviours) {
    table.record(label, behaviour, { absent: absence });
  }
  test('every behaviour', (context) => {
    if (process.env['CI']) {
      throw new Error(`did not run: ${absence}`);
    }
    context.skip(absence);
  });
}

function tried(label: string, client: Client): void {
  test('can tell different results apart', () => tellsApart(client));
  for (const behaviour of behaviours) {
    const missing = behaviour.needs.map((ability) => client.lacks[ability]).find((found) => found !== undefined);
    if (missing !== undefined) {
      table.record(label, behaviour, { lacks: missing });
      continue;
    }
    let theirs: Promise<unknown> | undefined;
    const expectation = () => {
      theirs ??= observe(client, behaviour, postgresql);
      return theirs;
    };
    test(`${behaviour.group}: ${behaviour.name}`, async () => {
      table.record(label, behaviour, 'failed');
      const expected = await expectation();
      expect(await observe(client, behaviour, ours(behaviour))).toEqual(expected);
      table.record(label, behaviour, 'passed');
    });
    test(`through the proxy: ${behaviour.group}: ${behaviour.name}`, async () => {
      const expected = await expectation();
      expect(await observe(client, behaviour, { ...postgresql, address: servers.proxy })).toEqual(expected);
    });
  }
}

function otherWays(label: string, ways: Client['ways']): string {
  return ways.length === 0 ? '' : `Other ways of asking of ${label}: ${ways.map((way) => `\`${way}\``).join(', ')}.`;
}

function limitsOf(label: string, limits: Client['unreadable']): string {
  const each = limits.map(
    ({ type, values, reason }) => `${type} ${values.map((value) => `\`${value}\``).join(', ')} (${reason})`,
  );
  return each.length === 0 ? '' : `What ${label} cannot read, from PostgreSQL either: ${each.join('; ')}.`;
}

test('every client has an outcome for every behaviour', async () => {
  const remarks = started.flatMap(({ label, client }) => [
    otherWays(label, client?.ways ?? []),
    limitsOf(label, client?.unreadable ?? []),
  ]);
  const markdown = table.toMarkdown(remarks);
  const folder = new URL('../../../.cache/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(fileURLToPath(new URL('compatibility.md', folder)), markdown);
  console.log(markdown);
  expect(table.empty()).toEqual([]);
});

afterAll(async () => {
  await Promise.all(started.map(({ client }) => client?.close()));
  await servers.close();
});

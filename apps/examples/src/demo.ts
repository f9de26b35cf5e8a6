import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { DuckDBDatabase } from '@riffq/duckdb';
import { RiffqServer } from '@riffq/server';
import pg from 'pg';
import { addDetails, createDatabase, datasets, loadDataset } from './demo/datasets.js';
import { formatTable } from './demo/format-table.js';
import { queries } from './demo/queries.js';

// The main job of the workspace: real data out of npm, in DuckDB, behind the server, read back by node-postgres over TCP.
const options = readOptions();

const database = await DuckDBDatabase.open(':memory:');
const server = new RiffqServer(
  { host: options.host, port: await freePort(options.host, Number(options.port)) },
  database.connectionClass,
);
server.setLazyCatalog(database.catalogSource());
server.handleShutdown(() => database.close());

await load();
await server.listen({ catalogEmulation: true });
await showQueries();
const { port } = addressOf(server);
console.log(
  `\nConnect with any PostgreSQL client:\n\n  psql -h ${options.host} -p ${port} -U demo demo\n\nand try \\dt+, \\d routes, \\d+ long_routes.\n`,
);
if (process.stdout.isTTY && process.stdin.isTTY && !options.once) {
  console.log('Ctrl-C stops the server.');
  await server.start();
} else await server.close();

function readOptions(): { readonly host: string; readonly port: string; readonly once: boolean } {
  try {
    return parseArgs({
      options: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '5433' },
        once: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('usage: demo [--host 127.0.0.1] [--port 5433] [--once]');
    process.exit(2);
  }
}

async function load(): Promise<void> {
  console.log('Loading real data from the npm package vega-datasets into DuckDB:');
  await createDatabase(database);
  for (const [at, dataset] of datasets.entries()) {
    const begun = performance.now();
    process.stdout.write(`  [${at + 1}/${datasets.length}] ${dataset.table.padEnd(12)} ${dataset.file} ...`);
    await loadDataset(database, dataset);
    process.stdout.write(` ${Math.round(performance.now() - begun)} ms\n`);
  }
  await addDetails(database);
}

async function showQueries(): Promise<void> {
  const client = new pg.Client({ host: options.host, port: addressOf(server).port, user: 'demo', database: 'demo' });
  await client.connect();
  try {
    for (const { title, sql, parameters } of queries) {
      const begun = performance.now();
      const result = await client.query({ text: sql, values: [...(parameters ?? [])], rowMode: 'array' });
      const took = Math.round(performance.now() - begun);
      const columns = result.fields.map((field) => field.name);
      console.log(`\n${title}\n\n${indent(sql)}\n`);
      console.log(indent(formatTable(columns, result.rows)));
      console.log(`\n  ${result.rows.length} rows in ${took} ms`);
    }
  } finally {
    await client.end();
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function addressOf(listening: RiffqServer): { readonly port: number } {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('the demo listens on TCP');
  return address;
}

/** The wanted port, or the next one that nobody has. */
async function freePort(host: string, wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port += 1) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, host, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new Error(`no free port from ${wanted} on`);
}

import type { Client } from './client.js';
import { startAsyncpg } from './clients/asyncpg.js';
import { startPg } from './clients/pg.js';
import { startPgjdbc } from './clients/pgjdbc.js';
import { startPgx } from './clients/pgx.js';
import { startPostgresJs } from './clients/postgres-js.js';
import { startPsql } from './clients/psql.js';
import { startPsycopg } from './clients/psycopg.js';

/** Every client that must work, by name. Starting one that is not on this machine throws a ClientAbsentError. */
export const clients: Readonly<Record<string, () => Promise<Client>>> = {
  psql: startPsql,
  pg: startPg,
  'postgres.js': startPostgresJs,
  psycopg: startPsycopg,
  asyncpg: startAsyncpg,
  pgx: startPgx,
  pgjdbc: startPgjdbc,
};

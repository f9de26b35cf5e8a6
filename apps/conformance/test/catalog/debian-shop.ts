import { access } from 'node:fs/promises';
import { startOracle } from '../../src/oracle/start-oracle.js';
import { isAbsent } from './is-absent.js';
import { type LiveShop, openLiveShop } from './live-shop.js';

// Debian's PostgreSQL 15, whose psql and pg_dump tests run.
const folder = '/usr/lib/postgresql/15/bin';
const programs = { initdb: `${folder}/initdb`, postgres: `${folder}/postgres` };

/** Whether there is no PostgreSQL 15 here. */
export const debianIsAbsent = isAbsent(
  await Promise.all(Object.values(programs).map((path) => access(path))).then(
    () => true,
    () => false,
  ),
  'PostgreSQL 15 is not installed',
);

/** Opens a shop in a PostgreSQL 15 of its own, and in our server, which says that it is one. */
export async function openDebianShop(): Promise<LiveShop> {
  const oracle = await startOracle({ programs });
  const live = await openLiveShop(oracle.address, '15.20');
  return {
    ...live,
    async [Symbol.asyncDispose]() {
      await live[Symbol.asyncDispose]();
      await oracle.close();
    },
  };
}

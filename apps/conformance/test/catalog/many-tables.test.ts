import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { stableOid } from '@riffq/catalog';
import { BaseConnection, type QueryResult, RiffqServer } from '@riffq/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientPath } from '../../src/clients/built-path.js';
import { debianIsAbsent } from './debian-shop.js';
import { isAbsent } from './is-absent.js';

const run = promisify(execFile);
const python = clientPath('python/bin/python');
const program = fileURLToPath(new URL('programs/reflect_all.py', import.meta.url));
const pythonIsAbsent = isAbsent(existsSync(python), 'there is no Python environment in .clients/python');

/** Statements with a parameter or an OID for each of them are longer than 32 KiB. */
const tables = 3000;
const toHandler: string[] = [];

class Connection extends BaseConnection {
  override handleQuery(sql: string): QueryResult {
    toHandler.push(sql.slice(0, 100));
    return [{ asked: sql.length }];
  }
}

const server = new RiffqServer('127.0.0.1:0', Connection);
const columns = [
  { name: 'id', typeOid: 20, nullable: false },
  { name: 'name', typeOid: 25, nullable: true },
];
server.setLazyCatalog({
  databases: () => [{ oid: stableOid('db', 'shop'), name: 'shop' }],
  schemas: () => [{ oid: stableOid('ns', 'public'), name: 'public' }],
  relations: () =>
    Array.from({ length: tables }, (_, at) => ({
      oid: stableOid('rel', String(at)),
      reltypeOid: stableOid('type', String(at)),
      name: `table_${at}`,
      columns,
      primaryKey: ['id'],
    })),
  columns: () => [],
  version: () => 1,
});

let port = '';

beforeAll(async () => {
  await server.listen({ catalogEmulation: true, serverVersion: '15.20' });
  const address = server.address();
  if (address !== null && typeof address === 'object') port = String(address.port);
});

afterAll(() => server.close());

describe(`of ${tables} tables`, () => {
  test.skipIf(pythonIsAbsent)('SQLAlchemy reflects all', { timeout: 120_000 }, async () => {
    const { stdout } = await run(python, [program, '127.0.0.1', port, 'alice', 'shop']);
    expect(JSON.parse(stdout)).toEqual([tables, 2 * tables, tables]);
    expect(toHandler).toEqual([]);
  });

  test.skipIf(debianIsAbsent)('pg_dump -s writes all down', { timeout: 120_000 }, async () => {
    const place = ['-h', '127.0.0.1', '-p', port, '-U', 'alice', '-d', 'shop'];
    const { stdout } = await run('pg_dump', ['-s', ...place], { maxBuffer: 64 * 1024 * 1024 });
    expect(stdout.match(/^CREATE TABLE public\.table_\d+ \($/gm)?.length).toBe(tables);
    expect(stdout.match(/ PRIMARY KEY \(id\);$/gm)?.length).toBe(tables);
    expect(toHandler.filter((sql) => /pg_catalog|unnest/.test(sql))).toEqual([]);
  });
});

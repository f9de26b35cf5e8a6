import { access } from 'node:fs/promises';
import type { NativePrograms } from '../../src/oracle/native-binaries.js';

const folder = '/usr/lib/postgresql/15/bin';

/** The programs of Debian's PostgreSQL 15, whose psql and pg_dump tests run; undefined where they are not installed. */
export async function debianPrograms(): Promise<NativePrograms | undefined> {
  const programs = { initdb: `${folder}/initdb`, postgres: `${folder}/postgres` };
  return Promise.all(Object.values(programs).map((path) => access(path))).then(
    () => programs,
    () => undefined,
  );
}

import type { DatabaseEntry } from '../database-content.js';
import { literal } from '../engine/sql-text.js';
import type { ContentContext } from './content-context.js';
import type { RowWriter } from './row-writer.js';

/** What all databases have in common, by name: where older clients are expected, pg_database is a view with more. */
const ownColumns = [
  'encoding',
  'datlocprovider',
  'datistemplate',
  'datallowconn',
  'dathasloginevt',
  'datconnlimit',
  'datfrozenxid',
  'datminmxid',
  'dattablespace',
  'datcollate',
  'datctype',
  'datlocale',
  'daticurules',
  'datcollversion',
];

/** Adds the row of a database. That of the engine's own is there, with its OID and name. */
export function writeDatabase(
  writer: RowWriter,
  context: ContentContext,
  { oid, name, owner }: DatabaseEntry,
  isThis: boolean,
): void {
  const datdba = context.ownerOid(owner);
  if (isThis) {
    const sql = `UPDATE pg_database SET datdba = ${datdba} WHERE datname = current_database()`;
    writer.addSql('pg_catalog.pg_database', sql);
    return;
  }
  const same = ownColumns.join(', ');
  writer.addSql(
    'pg_catalog.pg_database',
    `INSERT INTO pg_database (oid, datname, datdba, ${same})
     SELECT ${oid}, ${literal(name)}, ${datdba}, ${same} FROM pg_database WHERE datname = current_database()`,
  );
}

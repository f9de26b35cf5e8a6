import type { DatabaseEntry } from '../database-content.js';
import { literal } from '../engine/sql-text.js';
import type { ContentContext } from './content-context.js';
import type { RowWriter } from './row-writer.js';

/** Adds the row of a database. That of the engine's own is there, with its OID and name. */
export function writeDatabase(
  writer: RowWriter,
  context: ContentContext,
  { oid, name, owner }: DatabaseEntry,
  isThis: boolean,
): void {
  const datdba = context.ownerOid(owner);
  if (isThis) {
    writer.addSql(`UPDATE pg_database SET datdba = ${datdba} WHERE datname = current_database()`);
    return;
  }
  const differences = literal(JSON.stringify({ oid: String(oid), datname: name, datdba: String(datdba) }));
  writer.addSql(
    `INSERT INTO pg_database SELECT (jsonb_populate_record(d, ${differences})).*
     FROM pg_database d WHERE d.datname = current_database()`,
  );
}

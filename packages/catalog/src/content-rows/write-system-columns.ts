import { attributeRow } from './attribute-row.js';
import type { ContentContext } from './content-context.js';
import type { RowWriter } from './row-writer.js';
import type { SystemRow } from './system-tables.js';

const [tid, xid, cid, oid] = [27, 28, 29, 26];

const columns = [
  { attname: 'ctid', atttypid: tid, attnum: -1 },
  { attname: 'xmin', atttypid: xid, attnum: -2 },
  { attname: 'cmin', atttypid: cid, attnum: -3 },
  { attname: 'xmax', atttypid: xid, attnum: -4 },
  { attname: 'cmax', atttypid: cid, attnum: -5 },
  { attname: 'tableoid', atttypid: oid, attnum: -6 },
] as const;

/** All of a row but the relation: the same for every relation. */
const known = new WeakMap<ContentContext, readonly SystemRow<'pg_catalog.pg_attribute'>[]>();

/** Adds the columns that everything has in which PostgreSQL would store rows. */
export function writeSystemColumns(writer: RowWriter, context: ContentContext, relationOid: number): void {
  let rows = known.get(context);
  if (rows === undefined) {
    const attstattarget = context.statisticsTarget === null ? null : 0;
    rows = columns.map((column) => attributeRow(context, { attrelid: 0, attnotnull: true, attstattarget, ...column }));
    known.set(context, rows);
  }
  for (const row of rows) writer.add('pg_catalog.pg_attribute', { ...row, attrelid: relationOid });
}

import type { ContentContext } from './content-context.js';
import { RowTemplate } from './row-template.js';
import type { RowWriter } from './row-writer.js';
import { commonCells } from './write-attribute.js';

const [tid, xid, cid, oid] = [27, 28, 29, 26];

const columns = [
  { attname: 'ctid', atttypid: tid, attnum: -1 },
  { attname: 'xmin', atttypid: xid, attnum: -2 },
  { attname: 'cmin', atttypid: cid, attnum: -3 },
  { attname: 'xmax', atttypid: xid, attnum: -4 },
  { attname: 'cmax', atttypid: cid, attnum: -5 },
  { attname: 'tableoid', atttypid: oid, attnum: -6 },
] as const;
const traits = { atttypmod: -1, attnotnull: true, atthasdef: false, attidentity: '', attgenerated: '' };

type Template = RowTemplate<'pg_catalog.pg_attribute', 'attrelid'>;

/** All of a row but the relation: the same for every relation. */
const known = new WeakMap<ContentContext, readonly Template[]>();

/** Adds the columns that everything has in which PostgreSQL would store rows. */
export function writeSystemColumns(writer: RowWriter, context: ContentContext, relationOid: number): void {
  let templates = known.get(context);
  if (templates === undefined) {
    templates = makeTemplates(context);
    known.set(context, templates);
  }
  for (const template of templates) writer.addLike(template, { attrelid: relationOid });
}

function makeTemplates(context: ContentContext): readonly Template[] {
  const attstattarget = context.statisticsTarget === null ? null : 0;
  return columns.map((column) => {
    const common = { ...commonCells(context, column.atttypid), ...traits, attstattarget, ...column };
    return new RowTemplate('pg_catalog.pg_attribute', ['attrelid'], common);
  });
}

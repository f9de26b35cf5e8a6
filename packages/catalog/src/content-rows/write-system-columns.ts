import type { ColumnContent } from '../database-content.js';
import type { ContentContext } from './content-context.js';
import { RowTemplate } from './row-template.js';
import type { RowWriter } from './row-writer.js';
import { commonCells } from './write-attribute.js';

const [tid, xid, cid, oid] = [27, 28, 29, 26];

/** In the order of the index by number. */
const columns = [
  { attname: 'tableoid', atttypid: oid, attnum: -6 },
  { attname: 'cmax', atttypid: cid, attnum: -5 },
  { attname: 'xmax', atttypid: xid, attnum: -4 },
  { attname: 'cmin', atttypid: cid, attnum: -3 },
  { attname: 'xmin', atttypid: xid, attnum: -2 },
  { attname: 'ctid', atttypid: tid, attnum: -1 },
] as const;
const traits = { atttypmod: -1, attnotnull: true, atthasdef: false, attidentity: '', attgenerated: '' };

type Template = RowTemplate<'pg_catalog.pg_attribute', 'attrelid'>;

/** All of a row but the relation, by name: the same for every relation. By what contents do not have in common of it. */
const known = new Map<ContentContext['statisticsTarget'], ReadonlyMap<string, Template>>();

/**
 * Adds the columns that everything has in which PostgreSQL would store rows, but for those whose name the relation has given to
 * one of its own: PostgreSQL refuses such a table, but other databases have them.
 */
export function writeSystemColumns(
  writer: RowWriter,
  context: ContentContext,
  relationOid: number,
  own: readonly Pick<ColumnContent, 'name'>[] = [],
): void {
  let templates = known.get(context.statisticsTarget);
  if (templates === undefined) {
    templates = makeTemplates(context);
    known.set(context.statisticsTarget, templates);
  }
  for (const [name, template] of templates) {
    if (!own.some((column) => column.name === name)) writer.addLike(template, { attrelid: relationOid });
  }
}

function makeTemplates(context: ContentContext): ReadonlyMap<string, Template> {
  const attstattarget = context.statisticsTarget === null ? null : 0;
  return new Map(
    columns.map((column) => {
      const common = { ...commonCells(context, column.atttypid), ...traits, attstattarget, ...column };
      return [column.attname, RowTemplate.of('pg_catalog.pg_attribute', ['attrelid'], common)];
    }),
  );
}

import type { ColumnContent } from '../database-content.js';
import type { ContentContext } from './content-context.js';
import { RowTemplate } from './row-template.js';
import type { RowWriter } from './row-writer.js';
import type { SystemRow } from './system-tables.js';

type AttributeRow = SystemRow<'pg_catalog.pg_attribute'>;

const own = [
  ...(['attrelid', 'attname', 'attnum'] as const),
  ...(['atttypmod', 'attnotnull', 'atthasdef', 'attidentity', 'attgenerated'] as const),
] as const;
type Own = (typeof own)[number];

/** What rows of pg_attribute have from the type of the column, and what all have in common. */
export function commonCells(context: ContentContext, typeOid: number): Omit<AttributeRow, Own> {
  const { length, byValue, alignment, storage, collation, category } = context.typeFacts(typeOid);
  return {
    atttypid: typeOid,
    attlen: length,
    attndims: category === 'A' && length === -1 ? 1 : 0,
    attbyval: byValue,
    attalign: alignment,
    attstorage: storage,
    attcompression: '',
    atthasmissing: false,
    attisdropped: false,
    attislocal: true,
    attinhcount: 0,
    attcollation: collation,
    attstattarget: context.statisticsTarget,
  };
}

type Template = RowTemplate<'pg_catalog.pg_attribute', Own>;

/** By the OID of the column's type. */
const known = new WeakMap<ContentContext, Map<number, Template>>();

function templateOf(context: ContentContext, typeOid: number): Template {
  let templates = known.get(context);
  if (templates === undefined) {
    templates = new Map();
    known.set(context, templates);
  }
  let template = templates.get(typeOid);
  if (template === undefined) {
    template = RowTemplate.of('pg_catalog.pg_attribute', own, commonCells(context, typeOid));
    templates.set(typeOid, template);
  }
  return template;
}

/** Adds a row of pg_attribute: a plain column of the type, but for what is given, `dimensions` if an array has more than one. */
export function writeAttribute(
  writer: RowWriter,
  context: ContentContext,
  typeOid: number,
  given: Pick<AttributeRow, 'attrelid' | 'attname' | 'attnum'> & Partial<Pick<AttributeRow, Own>>,
  dimensions?: number,
): void {
  const { attrelid, attname, attnum } = given;
  const { atttypmod = -1, attnotnull = false, atthasdef = false, attidentity = '', attgenerated = '' } = given;
  // Field by field: to spread an object takes longer than all else.
  const row = { attrelid, attname, attnum, atttypmod, attnotnull, atthasdef, attidentity, attgenerated };
  if (dimensions === undefined) writer.addLike(templateOf(context, typeOid), row);
  else writer.add('pg_catalog.pg_attribute', { ...commonCells(context, typeOid), ...row, attndims: dimensions });
}

/** A row of pg_attribute but for the relation. */
type ColumnTemplate = RowTemplate<'pg_catalog.pg_attribute', 'attrelid'>;

interface KnownColumn {
  readonly attnum: number;
  readonly template: ColumnTemplate;
}

/** Columns that a writer has met. Those that tables have in common are one object, and mostly in one place. */
const knownColumns = new WeakMap<RowWriter, Map<ColumnContent, KnownColumn>>();
/** Tables need not have any in common: then all that were kept are for nothing. */
const keptColumns = 4096;

const identities = { always: 'a', byDefault: 'd' } as const;

/** Adds the row of a column of a relation. */
export function writeColumnAttribute(
  writer: RowWriter,
  context: ContentContext,
  place: { readonly attrelid: number; readonly attnum: number },
  column: ColumnContent,
): void {
  const { attrelid, attnum } = place;
  let columns = knownColumns.get(writer);
  if (columns === undefined) {
    columns = new Map();
    knownColumns.set(writer, columns);
  }
  let known = columns.get(column);
  if (known?.attnum !== attnum) {
    const cells = {
      attname: column.name,
      attnum,
      atttypmod: column.typeModifier,
      attnotnull: !column.nullable,
      atthasdef: column.default !== null,
      attidentity: column.identity === null ? '' : identities[column.identity],
      attgenerated: column.generated ? 's' : '',
    };
    if (column.dimensions !== undefined || columns.size >= keptColumns) {
      writeAttribute(writer, context, column.typeOid, { attrelid, ...cells }, column.dimensions);
      return;
    }
    known = { attnum, template: templateOf(context, column.typeOid).with(cells) };
    columns.set(column, known);
  }
  writer.addLike(known.template, { attrelid });
}

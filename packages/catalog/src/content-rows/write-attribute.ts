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
    template = new RowTemplate('pg_catalog.pg_attribute', own, commonCells(context, typeOid));
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

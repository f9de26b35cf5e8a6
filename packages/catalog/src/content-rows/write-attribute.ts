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
type Templates = Map<number, Template>;

const ofContext = new WeakMap<ContentContext, Templates>();
/** Of built-in types, which all contents have: most changes have no other. */
const ofBuiltIns = new Map<ContentContext['statisticsTarget'], Templates>();

function templateOf(context: ContentContext, typeOid: number): Template {
  const templates = context.builtIns.types.has(typeOid)
    ? entryOf(ofBuiltIns, context.statisticsTarget, makeTemplates)
    : entryOf(ofContext, context, makeTemplates);
  return entryOf(templates, typeOid, () =>
    RowTemplate.of('pg_catalog.pg_attribute', own, commonCells(context, typeOid)),
  );
}

const makeTemplates = (): Templates => new Map();

/** The entry of a key, made when there is none. */
function entryOf<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
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
const makeColumns = (): Map<ColumnContent, KnownColumn> => new Map();
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
  const columns = entryOf(knownColumns, writer, makeColumns);
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

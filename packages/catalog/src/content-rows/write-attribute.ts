import type { ContentContext } from './content-context.js';
import type { SystemRow } from './system-tables.js';

type AttributeRow = SystemRow<'pg_catalog.pg_attribute'>;

/** A row of pg_attribute: a plain column of the type, but for what is given. */
export function attributeRow(
  context: ContentContext,
  given: Pick<AttributeRow, 'attrelid' | 'attname' | 'attnum'> & Partial<AttributeRow> & { readonly atttypid: number },
): AttributeRow {
  const { length, byValue, alignment, storage, collation, category } = context.typeFacts(given.atttypid);
  return {
    attlen: length,
    atttypmod: -1,
    attndims: category === 'A' && length === -1 ? 1 : 0,
    attbyval: byValue,
    attalign: alignment,
    attstorage: storage,
    attcompression: '',
    attnotnull: false,
    atthasdef: false,
    atthasmissing: false,
    attidentity: '',
    attgenerated: '',
    attisdropped: false,
    attislocal: true,
    attinhcount: 0,
    attcollation: collation,
    attstattarget: context.statisticsTarget,
    ...given,
  };
}

import type { TypeFacts } from './built-ins.js';
import { RowTemplate } from './row-template.js';
import type { SystemRow } from './system-tables.js';

type TypeRow = SystemRow<'pg_catalog.pg_type'>;
type Identity = Pick<TypeRow, 'oid' | 'typname' | 'typnamespace' | 'typowner'>;

// OIDs of the functions that read and write types, as in pg_proc.
const functions = {
  array: { typinput: 750, typoutput: 751, typreceive: 2400, typsend: 2401 },
  record: { typinput: 2290, typoutput: 2291, typreceive: 2402, typsend: 2403 },
  enum: { typinput: 3506, typoutput: 3507, typreceive: 3532, typsend: 3533 },
  domain: { typinput: 2597, typreceive: 2598 },
} as const;
const arrayAnalyze = 3816;
const arraySubscript = 6179;

const plain = {
  typlen: -1,
  typbyval: false,
  typispreferred: false,
  typisdefined: true,
  typdelim: ',',
  typrelid: 0,
  typsubscript: 0,
  typelem: 0,
  typarray: 0,
  typmodin: 0,
  typmodout: 0,
  typanalyze: 0,
  typalign: 'i',
  typstorage: 'x',
  typnotnull: false,
  typbasetype: 0,
  typtypmod: -1,
  typndims: 0,
  typcollation: 0,
} as const;

const identity = ['oid', 'typname', 'typnamespace', 'typowner'] as const;

/** The row types of relations. */
export const compositeTypes = RowTemplate.of('pg_catalog.pg_type', [...identity, 'typrelid', 'typarray'], {
  ...plain,
  ...functions.record,
  typtype: 'c',
  typcategory: 'C',
  typalign: 'd',
});

/** The types of arrays of other types. */
export const arrayTypes = RowTemplate.of('pg_catalog.pg_type', [...identity, 'typelem', 'typalign', 'typcollation'], {
  ...plain,
  ...functions.array,
  typtype: 'b',
  typcategory: 'A',
  typsubscript: arraySubscript,
  typanalyze: arrayAnalyze,
});

/** An enum. */
export function enumTypeRow(given: Identity & Pick<TypeRow, 'typarray'>): TypeRow {
  const size = { typlen: 4, typbyval: true, typstorage: 'p' } as const;
  return { ...plain, ...functions.enum, ...size, typtype: 'e', typcategory: 'E', ...given };
}

/** A domain: it is kept and written as its base type is. */
export function domainTypeRow(
  given: Identity & Pick<TypeRow, 'typarray' | 'typbasetype' | 'typtypmod' | 'typnotnull'>,
  base: TypeFacts,
): TypeRow {
  return {
    ...plain,
    ...functions.domain,
    typoutput: base.output,
    typsend: base.send,
    typlen: base.length,
    typbyval: base.byValue,
    typalign: base.alignment,
    typstorage: base.storage,
    typcollation: base.collation,
    typdelim: base.delimiter,
    typcategory: base.category,
    typtype: 'd',
    ...given,
  };
}

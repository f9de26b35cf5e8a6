import { typeTexts } from '@riffq/all-types';

/** A type with values of it, or of its arrays. */
export interface TypeValues {
  /** As SQL writes it. */
  readonly type: string;
  readonly texts: readonly string[];
}

const kinds: readonly (readonly [string, RegExp])[] = [
  ['numbers', /^(int[248]|oid|x?cid|xid8?|float[48]|numeric|money|int2vector|oidvector)$/],
  ['dates and times', /^(date|timestamp|time|interval)/],
  ['network addresses', /^(inet|cidr|macaddr8?)$/],
  ['geometric types', /^(point|lseg|box|line|path|polygon|circle)$/],
  ['multiranges', /multirange$/],
  ['ranges', /range$/],
  ['text search', /^ts(vector|query)$/],
  ['places and snapshots', /^(pg_lsn|tid|pg_snapshot|txid_snapshot)$/],
  ['texts, bits, bytes, documents', /./],
];

const everyType = typeTexts.flatMap((values): TypeValues[] =>
  /^(int2|oid)vector$/.test(values.type) ? [values] : [values, arrayOf(values)],
);

/** Every type of PostgreSQL's that has a binary form, and arrays of it, by what kind of type it is. */
export const typesByKind: ReadonlyMap<string, readonly TypeValues[]> = new Map(
  kinds.map(([kind]) => [kind, everyType.filter(({ type }) => kindOf(type) === kind)]),
);

function kindOf(type: string): string | undefined {
  return kinds.find(([, pattern]) => pattern.test(type.replace('[]', '')))?.[0];
}

function arrayOf({ type, texts }: TypeValues): TypeValues {
  const elements = [...texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`), 'NULL'];
  return { type: `${type}[]`, texts: [`{${elements.join(type === 'box' ? ';' : ',')}}`, '{}'] };
}

/** A query of one row for each value, and one of NULL. */
export function valuesQuery({ type, texts }: TypeValues): string {
  const rows = [...texts.map((text) => `'${text.replaceAll("'", "''")}'`), 'NULL'].map((text, n) => `(${n}, ${text})`);
  return `SELECT CAST(v AS ${type}) AS value FROM (VALUES ${rows.join(', ')}) AS listed (n, v) ORDER BY n`;
}

const VALUES_QUERY = /^SELECT CAST\(v AS (.+?)\) AS value FROM \(VALUES (.*)\) AS listed \(n, v\) ORDER BY n$/s;

/** What a {@link valuesQuery} asks for, with null for NULL; undefined for any other text. */
export function readValuesQuery(sql: string): { readonly type: string; readonly texts: (string | null)[] } | undefined {
  const [, type, rows] = VALUES_QUERY.exec(sql) ?? [];
  if (type === undefined || rows === undefined) return undefined;
  const texts = [...rows.matchAll(/\(\d+, (?:'((?:[^']|'')*)'|NULL)\)/g)].map(
    ([, text]) => text?.replaceAll("''", "'") ?? null,
  );
  return { type, texts };
}

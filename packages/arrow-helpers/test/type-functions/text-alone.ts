/** Types that clients get as text alone. */
export const textAlone: ReadonlySet<string> = new Set([
  'money',
  'pg_lsn',
  'tid',
  ...['pg_snapshot', 'txid_snapshot'],
  ...['point', 'lseg', 'box', 'line', 'path', 'polygon', 'circle'],
  ...['int4', 'int8', 'num', 'date', 'ts', 'tstz'].flatMap((subtype) => [`${subtype}range`, `${subtype}multirange`]),
  ...['tsvector', 'tsquery', 'jsonpath'],
  'regclass',
]);

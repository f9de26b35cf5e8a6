/** Types that a parameter may have, each with the text of a value. */
const samples: ReadonlyMap<string, string> = new Map([
  ['VARCHAR', 'a'],
  ['INTEGER', '1'],
  ['BIGINT', '1'],
  ['DECIMAL(38,18)', '1'],
  ['DOUBLE', '1'],
  ['TIMESTAMP', '2000-01-01'],
  ['INTERVAL', '1 day'],
  ['VARCHAR[]', '[a]'],
  ['BIGINT[]', '[1]'],
  ['DOUBLE[]', '[1]'],
  ['TIMESTAMP[]', '[2000-01-01]'],
]);

/** The types that are tried for a parameter of unknown type: text first, as PostgreSQL prefers it. */
export const candidateTypes: readonly string[] = [...samples.keys()];

/** Constants for places where a statement is only planned; some functions take nothing else, and no NULL. */
export function sampleExpressions(types: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  return new Map(
    Array.from(types, ([number, type]) => {
      const value = samples.get(type);
      return [number, `CAST(${value === undefined ? 'NULL' : `'${value}'`} AS ${type})`];
    }),
  );
}

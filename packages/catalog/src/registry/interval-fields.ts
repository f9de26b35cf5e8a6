/** The bits of interval's fields in a type modifier: 1 shifted by MONTH, YEAR, DAY ... of PostgreSQL's datetime.h. */
const [month, year, day, hour, minute, second] = [1 << 1, 1 << 2, 1 << 3, 1 << 10, 1 << 11, 1 << 12] as const;

const ranges: ReadonlyMap<string, number> = new Map([
  ['year', year],
  ['month', month],
  ['day', day],
  ['hour', hour],
  ['minute', minute],
  ['second', second],
  ['year to month', year | month],
  ['day to hour', day | hour],
  ['day to minute', day | hour | minute],
  ['day to second', day | hour | minute | second],
  ['hour to minute', hour | minute],
  ['hour to second', hour | minute | second],
  ['minute to second', minute | second],
]);

const [anyRange, anyPrecision] = [0x7fff, 0xffff] as const;

/** The type modifier of `interval day to second (3)`; undefined for fields that it does not have. */
export function intervalModifier(fields: string, precision: number | undefined): number | undefined {
  if (fields === '') return precision === undefined ? -1 : (anyRange << 16) | precision;
  const range = ranges.get(fields);
  if (range === undefined) return undefined;
  // Only what ends in seconds has a fraction of them.
  if (precision !== undefined && !fields.endsWith('second')) return undefined;
  return (range << 16) | (precision ?? anyPrecision);
}

const known = new Set(ranges.values());

/** Whether PostgreSQL can tell the fields of a type modifier of interval. */
export function isIntervalModifier(typeModifier: number): boolean {
  const range = (typeModifier >> 16) & anyRange;
  return typeModifier === -1 || range === anyRange || known.has(range);
}

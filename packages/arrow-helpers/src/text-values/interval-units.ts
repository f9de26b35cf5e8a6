import type { IntervalUnit } from './interval-sum.js';

/** The units of intervals, by their names; `c` is 100 years. */
export const intervalUnits = {
  microsecond: { kind: 'time', microseconds: 1 },
  millisecond: { kind: 'time', microseconds: 1000 },
  second: { kind: 'time', microseconds: 1_000_000 },
  minute: { kind: 'time', microseconds: 60_000_000 },
  hour: { kind: 'time', microseconds: 3_600_000_000 },
  day: { kind: 'days', count: 1 },
  week: { kind: 'days', count: 7 },
  month: { kind: 'months' },
  year: { kind: 'years', count: 1 },
  decade: { kind: 'years', count: 10 },
  century: { kind: 'years', count: 100 },
  millennium: { kind: 'years', count: 1000 },
} as const satisfies Record<string, IntervalUnit>;

export type IntervalUnitName = keyof typeof intervalUnits;

/** How much of a word PostgreSQL looks at. */
const MOST_LETTERS = 10;

/** As they are written, in the letters that are looked at. */
const words: ReadonlyMap<string, IntervalUnitName> = new Map(
  (
    [
      ['microsecond', 'microsecon us usec usecond useconds usecs'],
      ['millisecond', 'millisecon ms msec msecond mseconds msecs'],
      ['second', 's sec second seconds secs'],
      ['minute', 'm min mins minute minutes mm'],
      ['hour', 'h hour hours hr hrs'],
      ['day', 'd day days'],
      ['week', 'w week weeks'],
      ['month', 'mon mons month months'],
      ['year', 'y year years yr yrs'],
      ['decade', 'dec decade decades decs'],
      ['century', 'c cent centuries century'],
      ['millennium', 'mil millennia millennium mils'],
    ] as const
  ).flatMap(([name, written]) => written.split(' ').map((word) => [word, name] as const)),
);

/** Units of other things: no number of them is an interval. */
const otherUnits: ReadonlySet<string> = new Set('dow doy isodow isoyear j jd julian qtr quarter timezone'.split(' '));

/** Whether a word in any case names a unit that intervals do not have. */
export function isOtherUnit(word: string): boolean {
  return otherUnits.has(word.toLowerCase().slice(0, MOST_LETTERS));
}

/** The unit that a word in any case names. */
export function intervalUnitOf(word: string): IntervalUnitName | undefined {
  return words.get(word.toLowerCase().slice(0, MOST_LETTERS));
}

/** The words that PostgreSQL reads in dates and times: https://www.postgresql.org/docs/18/datetime-appendix.html */

/** What a word means. */
export type DateTimeWord =
  | { readonly kind: 'month'; readonly month: number }
  | { readonly kind: 'half'; readonly afternoon: boolean }
  | { readonly kind: 'era'; readonly beforeChrist: boolean }
  | { readonly kind: 'special'; readonly name: SpecialMoment }
  | { readonly kind: 'relative day'; readonly days: number }
  | { readonly kind: 'allballs' | 'julian' | 'time' | 'noise' | 'weekday' | 'daylight' }
  /** A unit of those that extract() takes, which no date is read by. */
  | { readonly kind: 'unit' };

/** Moments that have a name of their own. */
export type SpecialMoment = 'now' | 'epoch' | 'infinity' | '-infinity';

/** How much of a word PostgreSQL looks at. */
const MOST_LETTERS = 10;

const months = [
  'jan january',
  'feb february',
  'mar march',
  'apr april',
  'may',
  'jun june',
  'jul july',
  'aug august',
  'sep sept september',
  'oct october',
  'nov november',
  'dec december',
];

const weekdays =
  'sun sunday mon monday tue tues tuesday wed wednesday weds thu thur thurs thursday fri friday sat saturday';

const words: ReadonlyMap<string, DateTimeWord> = new Map<string, DateTimeWord>([
  ...months.flatMap((names, at) => names.split(' ').map((name) => [name, { kind: 'month', month: at + 1 }] as const)),
  ...weekdays.split(' ').map((name) => [name, { kind: 'weekday' }] as const),
  ['am', { kind: 'half', afternoon: false }],
  ['pm', { kind: 'half', afternoon: true }],
  ['ad', { kind: 'era', beforeChrist: false }],
  ['bc', { kind: 'era', beforeChrist: true }],
  ['yesterday', { kind: 'relative day', days: -1 }],
  ['today', { kind: 'relative day', days: 0 }],
  ['tomorrow', { kind: 'relative day', days: 1 }],
  ['now', { kind: 'special', name: 'now' }],
  ['epoch', { kind: 'special', name: 'epoch' }],
  ['infinity', { kind: 'special', name: 'infinity' }],
  ['+infinity', { kind: 'special', name: 'infinity' }],
  ['-infinity', { kind: 'special', name: '-infinity' }],
  ['allballs', { kind: 'allballs' }],
  ['j', { kind: 'julian' }],
  ['jd', { kind: 'julian' }],
  ['julian', { kind: 'julian' }],
  ['t', { kind: 'time' }],
  ['dst', { kind: 'daylight' }],
  ...'d dow doy h isodow isoyear m mm s y'.split(' ').map((name) => [name, { kind: 'unit' }] as const),
  ['at', { kind: 'noise' }],
  ['on', { kind: 'noise' }],
]);

/** The meaning of a word in any case; undefined for one that has none. */
export function dateTimeWord(word: string): DateTimeWord | undefined {
  return words.get(word.toLowerCase().slice(0, MOST_LETTERS));
}

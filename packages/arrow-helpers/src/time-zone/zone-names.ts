type Names = Readonly<Record<string, string>>;

/** What they were called up to a second after 1970, and from another one on. */
interface Era {
  readonly from: number;
  readonly until: number;
  readonly names: Names;
}

/** When Dawson and Whitehorse gave up daylight saving time, and between which Moscow had it all year. */
const YUKON_STANDARD = 1_604_214_000;
const MOSCOW_SUMMER = { from: 1_301_180_400, until: 1_414_274_400 };

/**
 * What the IANA database calls the clocks of zones for which ICU has other names, or none: by zone, the names by hours to the
 * east of Greenwich. A zone without any shows numbers, such as `+01`.
 */
const namesByZones: readonly (readonly [zones: string, names: Names, ...before: Era[]])[] = [
  ['Africa/Casablanca Africa/El_Aaiun Antarctica/Casey Antarctica/Troll Asia/Colombo Asia/Thimbu Asia/Thimphu', {}],
  ['America/Adak America/Atka US/Aleutian', { '-11': 'BST', '-10': 'HST', '-9': 'HDT' }],
  ['America/Havana Cuba', { '-5': 'CST', '-4': 'CDT' }],
  [
    'America/Dawson America/Whitehorse Canada/Yukon',
    { '-7': 'MST' },
    { from: Number.NEGATIVE_INFINITY, until: YUKON_STANDARD, names: { '-9': 'YST', '-8': 'PST', '-7': 'PDT' } },
  ],
  ['America/Hermosillo America/Mazatlan Mexico/BajaSur', { '-8': 'PST', '-7': 'MST', '-6': 'MDT' }],
  [
    'Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau Asia/Shanghai Asia/Taipei PRC ROC',
    { 8: 'CST', 9: 'CDT' },
  ],
  ['Asia/Jakarta Asia/Pontianak', { 7: 'WIB', 8: 'WITA' }],
  ['Asia/Jayapura', { 9: 'WIT' }],
  ['Asia/Jerusalem Asia/Tel_Aviv Israel', { 2: 'IST', 3: 'IDT' }],
  ['Asia/Karachi', { 5: 'PKT', 6: 'PKST' }],
  ['Asia/Makassar Asia/Ujung_Pandang', { 8: 'WITA' }],
  ['Asia/Manila', { 8: 'PST', 9: 'PDT' }],
  ['Asia/Pyongyang Asia/Seoul ROK', { 8.5: 'KST', 9: 'KST', 10: 'KDT' }],
  ['Eire Europe/Dublin', { 0: 'GMT', 1: 'IST' }],
  ['Europe/Guernsey Europe/Isle_of_Man Europe/Jersey', { 0: 'GMT', 1: 'BST' }],
  [
    'Europe/Kirov Europe/Moscow Europe/Volgograd W-SU',
    { 3: 'MSK', 4: 'MSD' },
    { ...MOSCOW_SUMMER, names: { 4: 'MSK' } },
  ],
  ['Pacific/Guam Pacific/Saipan', { 10: 'ChST' }],
  ['Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa', { '-11': 'SST' }],
];

const namesOfZone = new Map(
  namesByZones.flatMap(([zones, names, ...eras]) =>
    zones.split(' ').map((zone) => [zone.toLowerCase(), { names, eras }] as const),
  ),
);

/** The names at a second after 1970, by hours to the east of Greenwich; undefined for a zone whose names ICU has. */
export function ownNames(zone: string, second: number): Names | undefined {
  const known = namesOfZone.get(zone.toLowerCase());
  return known?.eras.find(({ from, until }) => second >= from && second < until)?.names ?? known?.names;
}

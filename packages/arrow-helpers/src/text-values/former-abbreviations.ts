/**
 * Abbreviations of which zones have made use, but which ICU does not know of them, and which PostgreSQL otherwise takes for those of other
 * zones (timezone_abbreviations = 'Default'): seconds to the east of Greenwich, and the zones. By a
 * comparison of PostgreSQL 18’s copy of the IANA database with what Node 20 knows.
 */
export const formerAbbreviations: Readonly<
  Record<string, readonly (readonly [offsets: readonly number[], zones: string])[]>
> = {
  AMT: [
    [[-13840], 'America/Asuncion'],
    [[5692], 'EET Europe/Athens'],
  ],
  AST: [[[-36000], 'America/Anchorage US/Alaska']],
  BDT: [[[-36000], 'America/Adak America/Atka America/Nome US/Aleutian']],
  BST: [
    [[-11958], 'Atlantic/Bermuda'],
    [[-12756], 'America/La_Paz'],
    [[-39600], 'America/Nome'],
  ],
  CAST: [[[10800], 'Africa/Juba Africa/Khartoum']],
  MMT: [
    [[-13491], 'America/Montevideo'],
    [[-20712], 'America/Managua'],
    [[-2588, -2670], 'Africa/Monrovia'],
    [[17640], 'Indian/Kerguelen Indian/Maldives'],
    [[19172], 'Asia/Colombo'],
    [[19270], 'Asia/Calcutta Asia/Kolkata'],
    [[28656], 'Asia/Makassar Asia/Ujung_Pandang'],
    [[6600], 'Europe/Minsk'],
    [[9017, 9079], 'Europe/Moscow W-SU'],
  ],
  MPT: [
    [
      [-21600],
      'America/Boise America/Cambridge_Bay America/Denver America/Edmonton America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem America/Regina America/Shiprock America/Swift_Current America/Yellowknife Canada/Mountain Canada/Saskatchewan MST7MDT Navajo US/Mountain',
    ],
  ],
  MSK: [
    [[10800, 14400], 'Europe/Simferopol'],
    [
      [10800],
      'Europe/Chisinau Europe/Kaliningrad Europe/Kiev Europe/Kyiv Europe/Minsk Europe/Riga Europe/Tallinn Europe/Tiraspol Europe/Uzhgorod Europe/Vilnius Europe/Zaporozhye',
    ],
  ],
  MST: [[[12679], 'Europe/Moscow W-SU']],
  NDT: [[[-9052, -9000], 'America/Goose_Bay']],
  NPT: [
    [[-36000], 'America/Adak America/Atka America/Nome US/Aleutian'],
    [[-9000], 'America/Goose_Bay America/St_Johns Canada/Newfoundland'],
  ],
  NST: [
    [[-12652, -12600], 'America/Goose_Bay'],
    [[-39600], 'America/Adak America/Atka America/Nome US/Aleutian'],
  ],
  PWT: [
    [
      [-25200],
      'America/Dawson_Creek America/Ensenada America/Fort_Nelson America/Juneau America/Los_Angeles America/Metlakatla America/Santa_Isabel America/Sitka America/Tijuana America/Vancouver Canada/Pacific Mexico/BajaNorte PST8PDT US/Pacific',
    ],
  ],
  TMT: [
    [[12344], 'Asia/Tehran Iran'],
    [[5940], 'Europe/Tallinn'],
  ],
  WAST: [[[7200], 'Africa/Ndjamena']],
};

/** What an abbreviation has meant in a zone, one behind the other, where ICU does not know it; undefined for all others. */
export function formerOffsets(abbreviation: string, zone: string): readonly number[] | undefined {
  const meanings = formerAbbreviations[abbreviation] ?? [];
  const name = zone.toLowerCase();
  return meanings.find(([, zones]) => zones.toLowerCase().split(' ').includes(name))?.[0];
}

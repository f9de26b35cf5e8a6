/**
 * Abbreviations of time zones that PostgreSQL knows by itself (timezone_abbreviations = 'Default'), by hours to the east of
 * Greenwich.
 */
const abbreviations: ReadonlyMap<string, number> = new Map(
  (
    [
      [-10, 'HST TAHT'],
      [-9.5, 'MART'],
      [-9, 'AKST GAMT'],
      [-8, 'AKDT PST'],
      [-7, 'MST PDT'],
      [-6, 'CST GALT MDT'],
      [-5, 'ACT CDT COT EST PET'],
      [-4, 'AMT AST BOT EDT'],
      [-3.5, 'NFT NST'],
      [-3, 'ADT BRA BRT CLST GFT PMST PYST UYT WGT'],
      [-2.5, 'NDT'],
      [-2, 'BRST FNT PMDT UYST WGST'],
      [-1, 'AZOT EGT FNST'],
      [0, 'AZOST EGST GMT UCT UT UTC WET Z ZULU'],
      [1, 'BST CET MET MEZ WAT WETDST'],
      [2, 'BDST CEST CETDST EET IST MEST MESZ METDST SAST'],
      [3, 'EAT EEST EETDST FET IDT'],
      [3.5, 'IRT'],
      [4, 'MSD MUT RET SCT'],
      [4.5, 'AFT'],
      [5, 'MUST MVT PKT TFT TJT UZT'],
      [5.75, 'NPT'],
      [6, 'ALMT BDT BTT KGST PKST UZST XJT YEKST'],
      [6.5, 'MMT'],
      [7, 'ALMST CXT ICT WAST'],
      [8, 'AWST BNT BORT CCT HKT MYT PHT WADT'],
      [8.75, 'ACWST'],
      [9, 'AWSST JAYT JST KST PWT ULAST WDT'],
      [9.5, 'ACST CAST'],
      [10, 'AEST CHUT DDUT KDT LIGT MPT PGT TRUT YAPT'],
      [10.5, 'ACDT ACSST CADT LHST SADT'],
      [11, 'AEDT AESST PONT VUT'],
      [12, 'FJT GILT MHT NZST NZT TVT WAKT WFT'],
      [12.75, 'CHAST'],
      [13, 'FJST NZDT TOT'],
      [13.75, 'CHADT'],
    ] as const
  ).flatMap(([hours, names]) => names.split(' ').map((name) => [name, hours * 3600] as const)),
);

/** Those whose meaning has changed over time, by the zones whose clocks they are. */
const zoneNames: ReadonlyMap<string, string> = new Map(
  (
    [
      ['America/Argentina/Buenos_Aires', 'ART ARST'],
      ['America/Santiago', 'CLT'],
      ['America/Guyana', 'GYT'],
      ['America/Asuncion', 'PYT'],
      ['America/Caracas', 'VET'],
      ['Antarctica/Davis', 'DAVT'],
      ['Antarctica/Mawson', 'MAWT'],
      ['Asia/Yerevan', 'AMST'],
      ['Asia/Anadyr', 'ANAST ANAT'],
      ['Asia/Baku', 'AZST AZT'],
      ['Asia/Tbilisi', 'GEST GET'],
      ['Asia/Irkutsk', 'IRKST IRKT'],
      ['Asia/Bishkek', 'KGT'],
      ['Asia/Krasnoyarsk', 'KRAST KRAT'],
      ['Asia/Colombo', 'LKT'],
      ['Asia/Magadan', 'MAGST MAGT'],
      ['Asia/Novosibirsk', 'NOVST NOVT'],
      ['Asia/Omsk', 'OMSST OMST'],
      ['Asia/Kamchatka', 'PETST PETT'],
      ['Asia/Singapore', 'SGT'],
      ['Asia/Ashgabat', 'TMT'],
      ['Asia/Ulaanbaatar', 'ULAT'],
      ['Asia/Vladivostok', 'VLAST VLAT'],
      ['Asia/Yakutsk', 'YAKST YAKT'],
      ['Asia/Yekaterinburg', 'YEKT'],
      ['Atlantic/Stanley', 'FKST FKT'],
      ['Australia/Lord_Howe', 'LHDT'],
      ['Europe/Moscow', 'MSK'],
      ['Europe/Volgograd', 'VOLT'],
      ['Indian/Chagos', 'IOT'],
      ['Pacific/Rarotonga', 'CKT'],
      ['Pacific/Easter', 'EASST EAST'],
      ['Pacific/Kosrae', 'KOST'],
      ['Pacific/Kiritimati', 'LINT'],
      ['Pacific/Niue', 'NUT'],
      ['Pacific/Fakaofo', 'TKT'],
    ] as const
  ).flatMap(([zone, names]) => names.split(' ').map((name) => [name, zone] as const)),
);

/** The zone whose clocks `MSK` or `clt` mean; undefined for what has always been the same, or is no abbreviation. */
export function zoneOfAbbreviation(word: string): string | undefined {
  return zoneNames.get(word.toUpperCase());
}

/** Seconds to the east of Greenwich of `CET` or `z`; undefined for what is no abbreviation. */
export function offsetOfAbbreviation(word: string): number | undefined {
  return abbreviations.get(word.toUpperCase());
}

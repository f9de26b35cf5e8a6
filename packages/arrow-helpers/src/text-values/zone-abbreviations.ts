/**
 * Abbreviations of time zones that PostgreSQL knows by itself (timezone_abbreviations = 'Default'), by hours to the east of
 * Greenwich; those whose meaning has changed over time mean what they do today.
 */
const abbreviations: ReadonlyMap<string, number> = new Map(
  (
    [
      [-11, 'NUT'],
      [-10, 'CKT HST TAHT'],
      [-9.5, 'MART'],
      [-9, 'AKST GAMT'],
      [-8, 'AKDT PST'],
      [-7, 'MST PDT'],
      [-6, 'CST GALT MDT'],
      [-5, 'ACT CDT COT EASST EAST EST PET'],
      [-4, 'AMT AST BOT EDT GYT VET'],
      [-3.5, 'NFT NST'],
      [-3, 'ADT ARST ART BRA BRT CLST CLT FKST FKT GFT PMST PYST PYT UYT WGT'],
      [-2.5, 'NDT'],
      [-2, 'BRST FNT PMDT UYST WGST'],
      [-1, 'AZOT EGT FNST'],
      [0, 'AZOST EGST GMT UCT UT UTC WET Z ZULU'],
      [1, 'BST CET MET MEZ WAT WETDST'],
      [2, 'BDST CEST CETDST EET IST MEST MESZ METDST SAST'],
      [3, 'EAT EEST EETDST FET IDT MSK VOLT'],
      [3.5, 'IRT'],
      [4, 'AMST AZST AZT GEST GET MSD MUT RET SCT'],
      [4.5, 'AFT'],
      [5, 'MAWT MUST MVT PKT TFT TJT TMT UZT YEKT'],
      [5.5, 'LKT'],
      [5.75, 'NPT'],
      [6, 'ALMT BDT BTT IOT KGST KGT OMSST OMST PKST UZST XJT YEKST'],
      [6.5, 'MMT'],
      [7, 'ALMST CXT DAVT ICT KRAST KRAT NOVST NOVT WAST'],
      [8, 'AWST BNT BORT CCT HKT IRKST IRKT MYT PHT SGT ULAT WADT'],
      [8.75, 'ACWST'],
      [9, 'AWSST JAYT JST KST PWT ULAST WDT YAKST YAKT'],
      [9.5, 'ACST CAST'],
      [10, 'AEST CHUT DDUT KDT LIGT MPT PGT TRUT VLAST VLAT YAPT'],
      [10.5, 'ACDT ACSST CADT LHST SADT'],
      [11, 'AEDT AESST KOST LHDT MAGST MAGT PONT VUT'],
      [12, 'ANAST ANAT FJT GILT MHT NZST NZT PETST PETT TVT WAKT WFT'],
      [12.75, 'CHAST'],
      [13, 'FJST NZDT TKT TOT'],
      [13.75, 'CHADT'],
      [14, 'LINT'],
    ] as const
  ).flatMap(([hours, names]) => names.split(' ').map((name) => [name, hours * 3600] as const)),
);

/** Seconds to the east of Greenwich of `CET` or `z`; undefined for what is no abbreviation. */
export function offsetOfAbbreviation(word: string): number | undefined {
  return abbreviations.get(word.toUpperCase());
}

/**
 * What the row loop (`encode-rows.ts`) does with a value: where it comes from (an Arrow layout) and what is written (a
 * PostgreSQL type as text or binary). Decided once per column, so that the loop only switches over a small integer.
 */
export const valueKind = {
  null: 0,
  int16Text: 1,
  int32Text: 2,
  int64Text: 3,
  float32Text: 4,
  float64Text: 5,
  decimalText: 6,
  boolText: 7,
  dateDayText: 8,
  timestampText: 9,
  /** Bytes as they are. */
  bytes: 10,
  /** Numbers of 2, 4 and 8 bytes as they are, but in network byte order. */
  swapped2: 11,
  swapped4: 12,
  swapped8: 13,
  decimalBinary: 14,
  boolBinary: 15,
  dateDayBinary: 16,
  timestampBinary: 17,
  // From here on the kinds of `encode-rare-value.ts`.
  int8Text: 18,
  uint8Text: 19,
  uint16Text: 20,
  uint32Text: 21,
  uint64Text: 22,
  int8Binary: 23,
  uint8Binary: 24,
  uint16Binary: 25,
  uint32Binary: 26,
  uint64Binary: 27,
  float16Text: 28,
  float16Binary: 29,
  largeBytes: 30,
  fixedSizeBytes: 31,
  hex: 32,
  largeHex: 33,
  fixedSizeHex: 34,
  dateMillisecondText: 35,
  dateMillisecondBinary: 36,
  timeText: 37,
  timeBinary: 38,
  /** By the column's own `ValueWriter`. */
  written: 39,
  /** Bytes as they are, most of them long: from the copy of `staging.ts`. */
  longBytes: 40,
} as const;

/** The numbers by name, as types. */
export type ValueKinds = typeof valueKind;

/** One of the numbers above. */
export type ValueKind = ValueKinds[keyof ValueKinds];

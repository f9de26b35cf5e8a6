/** Why a text is no date or time. */
export type DateTimeFault = keyof typeof faults;

const faults = {
  /** It is not written as one is. */
  malformed: true,
  /** It is, but with a field that none has, such as the minute 60. */
  'field out of range': true,
  /** It names a time zone that nobody knows. */
  'unknown zone': true,
  /** Its zone is too far from Greenwich. */
  'zone out of range': true,
} as const;

export function isFault(value: unknown): value is DateTimeFault {
  return typeof value === 'string' && Object.hasOwn(faults, value);
}

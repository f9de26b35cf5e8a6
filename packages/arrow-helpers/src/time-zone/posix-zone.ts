/** A zone as POSIX writes it, without daylight saving time: a name of letters or in angle brackets, or none, and hours to the west. */
const POSIX = /^([a-z]{3,}|<[a-z0-9+-]+>)?([-+]?)(\d{1,3})(?::(\d\d))?(?::(\d\d))?$/i;

/** An offset that never changes, and what it is called. */
export interface FixedZone {
  /** To the east of Greenwich. */
  readonly offsetSeconds: number;
  readonly abbreviation: string;
}

/** Reads a POSIX zone such as `UTC-3` or `<+05:30>-05:30`; undefined for all else. */
export function parsePosixZone(text: string): FixedZone | undefined {
  const match = POSIX.exec(text.replace(/<([^>]*):([^>]*)>/, '<$1$2>'));
  if (match === null) return undefined;
  const [, name = '', sign, hours, minutes = '0', seconds = '0'] = match;
  const west = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const abbreviation = /^<([^>]*)>/.exec(text)?.[1] ?? name;
  return { offsetSeconds: sign === '-' ? west : -west, abbreviation };
}

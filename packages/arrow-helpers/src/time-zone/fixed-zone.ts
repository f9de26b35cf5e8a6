const GREENWICH = /^(?:etc\/)?(?:gmt(?:[+-]?0)?|greenwich)$/i;
const UNIVERSAL = /^(?:etc\/)?(?:utc|uct|universal|zulu)$/i;
const HOURS_TO_THE_WEST = /^etc\/gmt(\+(?:[1-9]|1[0-2])|-(?:[1-9]|1[0-4]))$/i;

/**
 * The POSIX specification of those names of the IANA database whose clocks are never changed, where Node has other
 * abbreviations than the database, or none; undefined for all other names.
 */
export function fixedZone(name: string): string | undefined {
  if (GREENWICH.test(name)) return 'GMT0';
  if (UNIVERSAL.test(name)) return 'UTC0';
  // Node does not know it: the time of who has not set a zone yet.
  if (/^factory$/i.test(name)) return '<-00>0';
  const west = HOURS_TO_THE_WEST.exec(name)?.[1];
  if (west === undefined) return undefined;
  const hours = Math.abs(Number(west));
  return `<${west.startsWith('+') ? '-' : '+'}${String(hours).padStart(2, '0')}>${Number(west)}`;
}

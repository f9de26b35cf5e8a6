const UTC = /^(?:etc\/)?(?:utc|uct|gmt|gmt0|gmt[+-]0|zulu|universal|greenwich)$/i;

/** Whether the zone's clocks always show UTC, so that there is nothing to look up. */
export function isUtc(timeZone: string): boolean {
  return UTC.test(timeZone);
}

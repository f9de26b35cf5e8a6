import { fixedZone } from './fixed-zone.js';

/** Whether the zone's clocks always show UTC, so that there is nothing to look up. */
export function isUtc(timeZone: string): boolean {
  const specification = fixedZone(timeZone);
  return specification === 'GMT0' || specification === 'UTC0';
}

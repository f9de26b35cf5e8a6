/** The zones that timestamps name. */
import { isPgError, PgError, sqlstate } from '@riffq/wire';
import { localOffset } from '../../time-zone/local-offset.js';
import { TimeZone } from '../../time-zone/time-zone.js';

const GREENWICH = /^(?:z|utc|gmt|zulu)$/i;
const NUMERIC = /^([+-])(\d{1,2}?)(?::?(\d\d))?(?::?(\d\d))?$/;
/** Winter and summer of 2024, for years that have no such name. */
const SEASONS = [1_704_067_200, 1_719_792_000];

/**
 * Seconds to the east of what the text names as its zone: an offset, an abbreviation of the session's zone, or a zone whose clocks
 * show `localSecond` then. Undefined if it is no zone.
 *
 * @throws PgError 22009 for an offset that no zone has, 22023 for a name that none has
 */
export function readZone(text: string, zone: string, localSecond: number, sessionZone: string): number | undefined {
  if (GREENWICH.test(zone)) return 0;
  const [, sign, hours, minutes = '0', seconds = '0'] = NUMERIC.exec(zone) ?? [];
  if (hours === undefined) return namedOffset(zone, localSecond, sessionZone);
  if (Number(hours) > 15 || Number(minutes) > 59 || Number(seconds) > 59) {
    const state = sqlstate.invalid_time_zone_displacement_value;
    throw new PgError({ sqlstate: state, message: `time zone displacement out of range: "${text}"` });
  }
  const distance = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? 0 - distance : distance;
}

function namedOffset(zone: string, localSecond: number, sessionZone: string): number | undefined {
  const own = TimeZone.of(sessionZone);
  // Summer time means what it says in winter too.
  for (const second of [localSecond, ...SEASONS]) {
    const offset = localOffset(own, second);
    if (own.abbreviationAt(second - offset)?.toLowerCase() === zone.toLowerCase()) return offset;
  }
  // Abbreviations such as CET are names of zones too, with other clocks.
  return /[/\d]/.test(zone) ? localOffset(zoneOf(zone), localSecond) : undefined;
}

function zoneOf(name: string): TimeZone {
  try {
    return TimeZone.of(name);
  } catch (error) {
    if (!isPgError(error)) throw error;
    const message = `time zone "${name.toLowerCase()}" not recognized`;
    throw new PgError({ sqlstate: sqlstate.invalid_parameter_value, message });
  }
}

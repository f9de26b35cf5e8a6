import { invalidSetting } from '../settings/invalid-setting.js';
import { stringValue, type Word } from '../sql/words.js';

const clock = /^\s*([-+]?)(\d{1,3}):(\d\d)(?::00)?\s*$/;
const bare = /^\s*[-+]?\d+\s*$/;
const units = /^\s*(?:([-+]?\d+)\s*h(?:ours?|rs?)?)?\s*(?:([-+]?\d+)\s*m(?:in(?:ute)?s?)?)?\s*$/i;

/**
 * The hours of `INTERVAL '-05:00' HOUR TO MINUTE`, as SET TIME ZONE takes them; undefined for words that are no interval.
 *
 * @throws PgError 22023 for what is no offset of hours and minutes
 */
export function timeZoneInterval([first, text, ...fields]: readonly Word[]): string | undefined {
  if (first?.keyword !== 'INTERVAL' || text?.kind !== 'string') return undefined;
  const field = fields.map((word) => word.keyword).join(' ');
  const value = stringValue(text.text);
  const hours = hoursOf(value, field);
  if (hours === undefined || !['', 'HOUR', 'HOUR TO MINUTE'].includes(field)) throw invalidSetting('TimeZone', value);
  return String(hours);
}

function hoursOf(value: string, field: string): number | undefined {
  const [isClock, sign, hours, minutes] = clock.exec(value) ?? [];
  if (isClock !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
  if (bare.test(value))
    return field === 'HOUR' ? Number(value) : field === '' ? Number(value) / 3600 : Number(value) / 60;
  const [isUnits, wholeHours = 0, restMinutes = 0] = units.exec(value) ?? [];
  return isUnits?.trim() ? Number(wholeHours) + Number(restMinutes) / 60 : undefined;
}

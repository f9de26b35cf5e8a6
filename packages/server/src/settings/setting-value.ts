import { encodingOfName } from '@riffq/arrow-helpers';
import { PgError, sqlstate } from '@riffq/wire';
import { dateStyle } from './date-style.js';
import { invalidSetting, reservedSetting, unrecognizedSetting } from './invalid-setting.js';
import { numberSetting } from './number-setting.js';
import { parseBoolean } from './parse-boolean.js';
import { requireChangeable, type SettingTime } from './require-changeable.js';
import { type SettingDefinition, seedShown, settingDefinition } from './setting-definition.js';
import { stringSetting } from './string-setting.js';
import { timeZone } from './time-zone.js';

/** Other names for values of enums, which no hint tells. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['true', 'on'],
  ['yes', 'on'],
  ['1', 'on'],
  ['false', 'off'],
  ['no', 'off'],
  ['0', 'off'],
  ['debug', 'debug2'],
]);

/** These can be `info` without any hint that tells so, and are shown as that. */
const quietlyInfo: ReadonlySet<string> = new Set(['client_min_messages', 'icu_validation_level']);

/**
 * A setting's value as PostgreSQL would keep it. `current` is what it is now: a value may leave a part of that as it is.
 *
 * @throws PgError 42704 for a setting that there is not, 55P02 or 42501 for a setting that the client cannot change, 22023 for a value that it cannot have, 42602 for
 * a name that no setting can have, 0A000 for an encoding that this server does not speak.
 */
export function settingValue(
  name: string,
  value: string,
  current: string | undefined,
  time: SettingTime = 'session',
): string {
  const definition = settingDefinition(name);
  if (definition === undefined) {
    if (!name.includes('.')) throw unrecognizedSetting(name);
    requireCustomName(name);
    return value;
  }
  requireChangeable(definition, time);
  switch (definition.name) {
    case 'application_name':
      return asciiOnly(value);
    case 'client_encoding':
      return encoding(value);
    case 'DateStyle':
      return dateStyle(value, current);
    case 'TimeZone':
      return timeZone(value);
    case 'seed':
      numberSetting(definition, value);
      return seedShown;
    case 'default_with_oids':
      if (boolean(definition.name, value) === 'on') throw withOids();
      return 'off';
  }
  switch (definition.type) {
    case 'bool':
      return boolean(definition.name, value);
    case 'enum':
      return oneOf(definition, value);
    case 'integer':
    case 'real':
      return numberSetting(definition, value);
    case 'string':
      return stringSetting(definition.name, value, time);
  }
}

/** By such names the catalog's PostgreSQL is told of a session, and tells what it wants done. */
const reserved = /^riffq\./i;

/** What an extension, or the client itself, may call a setting of its own. @throws PgError 42602 for other names */
export function requireCustomName(name: string): void {
  if (reserved.test(name)) throw reservedSetting(name);
  if (/^[a-z_\x80-\uffff][\w$\x80-\uffff]*(\.[a-z_\x80-\uffff][\w$\x80-\uffff]*)+$/i.test(name)) return;
  throw new PgError({
    sqlstate: sqlstate.invalid_name,
    message: `invalid configuration parameter name "${name}"`,
    detail: 'Custom parameter names must be two or more simple identifiers separated by dots.',
  });
}

/** Every byte that is no printable ASCII as `\\xc3`: it is shown where nobody knows the encoding. */
function asciiOnly(value: string): string {
  return [...Buffer.from(value)]
    .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`))
    .join('');
}

function boolean(name: string, value: string): string {
  const truth = parseBoolean(value);
  if (truth !== undefined) return truth ? 'on' : 'off';
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `parameter "${name}" requires a Boolean value`,
  });
}

/** What is left of a setting that PostgreSQL 12 took away. */
function withOids(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'tables declared WITH OIDS are not supported',
  });
}

function oneOf({ name, values }: SettingDefinition, value: string): string {
  const given = value.toLowerCase();
  const known = [given, synonyms.get(given)].find((candidate) => candidate !== undefined && values.includes(candidate));
  if (known !== undefined) return known;
  if (given === 'info' && quietlyInfo.has(name)) return given;
  throw invalidSetting(name, value, { hint: `Available values: ${values.join(', ')}.` });
}

/** asyncpg sends `'utf-8'`, with the quotes; psql asks for SQL_ASCII in the C locale. */
function encoding(value: string): string {
  const found = encodingOfName(value);
  if (found === undefined) throw invalidSetting('client_encoding', value);
  if (found !== 'other') return found;
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `client_encoding "${value}" is not supported`,
    hint: 'Use client_encoding UTF8.',
  });
}

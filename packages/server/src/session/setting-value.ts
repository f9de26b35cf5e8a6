import { PgError, sqlstate } from '@riffq/wire';
import { type SettingDefinition, settingDefinition } from './settings.js';
import { timeSetting } from './time-setting.js';
import { timeZone } from './time-zone.js';

const isolationLevels = ['serializable', 'repeatable read', 'read committed', 'read uncommitted'];
/** Values of settings that have only a few. */
const choices: Readonly<Record<string, readonly string[]>> = {
  backslash_quote: ['safe_encoding', 'on', 'off'],
  bytea_output: ['escape', 'hex'],
  client_min_messages: 'debug5 debug4 debug3 debug2 debug1 log notice warning error'.split(' '),
  default_transaction_isolation: isolationLevels,
  IntervalStyle: ['postgres', 'postgres_verbose', 'sql_standard', 'iso_8601'],
  synchronous_commit: ['local', 'remote_write', 'remote_apply', 'on', 'off'],
  transaction_isolation: isolationLevels,
  xmloption: ['content', 'document'],
};

/**
 * A setting's value as PostgreSQL would keep it. `current` is what it is now: a value may leave a part of that as it is.
 *
 * @throws PgError 55P02 for a read-only setting, 22023 for a value that it cannot have, 0A000 for an encoding or a date style
 * that this server does not speak.
 */
export function settingValue(name: string, value: string, current: string | undefined): string {
  const definition = settingDefinition(name);
  if (definition === undefined) return value;
  refuseReadOnly(definition);
  const values = choices[definition.name];
  if (values !== undefined) return oneOf(definition.name, value, values);
  switch (definition.name) {
    case 'client_encoding':
      return encoding(value);
    case 'DateStyle':
      return dateStyle(value, current);
    case 'TimeZone':
      return timeZone(value);
    case 'extra_float_digits':
      return integerWithin(definition.name, value, -15, 3);
    case 'idle_in_transaction_session_timeout':
    case 'idle_session_timeout':
    case 'lock_timeout':
    case 'statement_timeout':
    case 'transaction_timeout':
      return timeSetting(definition.name, value);
    default:
      return isBoolean(definition.initial) ? boolean(definition.name, value) : value;
  }
}

/** @throws PgError 55P02 for a setting that nobody can change. */
export function refuseReadOnly({ name, readOnly }: SettingDefinition): void {
  if (readOnly !== true) return;
  throw new PgError({
    sqlstate: sqlstate.cant_change_runtime_param,
    message: `parameter "${name}" cannot be changed`,
  });
}

const isBoolean = (initial: string): boolean => initial === 'on' || initial === 'off';

/** Unique beginnings of a word count, as with PostgreSQL. */
function boolean(name: string, value: string): string {
  const text = value.toLowerCase();
  const means = (word: string, least = 1): boolean => text.length >= least && word.startsWith(text);
  if (text === '1' || means('true') || means('yes') || means('on', 2)) return 'on';
  if (text === '0' || means('false') || means('no') || means('off', 2)) return 'off';
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `parameter "${name}" requires a Boolean value`,
  });
}

function oneOf(name: string, value: string, values: readonly string[]): string {
  const known = values.find((candidate) => candidate === value.toLowerCase());
  if (known !== undefined) return known;
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `invalid value for parameter "${name}": "${value}"`,
    hint: `Available values: ${values.join(', ')}.`,
  });
}

function integerWithin(name: string, value: string, least: number, most: number): string {
  const number = Number(value.trim());
  if (value.trim() === '' || !Number.isInteger(number)) {
    throw new PgError({
      sqlstate: sqlstate.invalid_parameter_value,
      message: `invalid value for parameter "${name}": "${value}"`,
    });
  }
  if (number >= least && number <= most) return String(number);
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `${number} is outside the valid range for parameter "${name}" (${least} .. ${most})`,
  });
}

/**
 * Names are compared as PostgreSQL does, by letters and digits alone: asyncpg sends `'utf-8'`, with the quotes. SQL_ASCII,
 * which psql asks for in the C locale, means that nothing is converted, which is what we do.
 */
function encoding(value: string): string {
  const name = value.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (name === 'utf8' || name === 'unicode') return 'UTF8';
  if (name === 'sqlascii') return 'SQL_ASCII';
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `client_encoding "${value}" is not supported`,
    hint: 'Use client_encoding UTF8.',
  });
}

/** ISO is the one output style; the order of input is the client's choice. */
function dateStyle(value: string, current = 'ISO, MDY'): string {
  let order = current.slice('ISO, '.length);
  for (const word of value.toLowerCase().split(/[\s,]+/)) {
    if (/^(mdy|us|noneuro)/.test(word)) order = 'MDY';
    else if (/^(dmy|euro)/.test(word)) order = 'DMY';
    else if (word === 'ymd') order = 'YMD';
    else if (word !== 'iso' && word !== 'default' && word !== '') {
      throw new PgError({
        sqlstate: sqlstate.feature_not_supported,
        message: `DateStyle "${value}" is not supported`,
        hint: 'Use DateStyle ISO.',
      });
    }
  }
  return `ISO, ${order}`;
}

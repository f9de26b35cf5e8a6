/** Values of COPY's options, taken as PostgreSQL's `defGetString` and its neighbours take them. */
import { type PgError, sqlstate } from '@riffq/wire';
import { encodingOfName } from '../../encoding-name.js';
import { copyOptionError } from './copy-option-error.js';
import type { CopyColumns, CopyOptions, RawCopyOption } from './copy-options.js';

/** The option as text. */
export function textValue({ name, value }: RawCopyOption): string {
  if (value === undefined) throw copyOptionError(sqlstate.syntax_error, `${name} requires a parameter`);
  if (typeof value !== 'object') return String(value);
  return value.columns === '*' ? '*' : value.columns.join('.');
}

/** The option as a truth value; its name alone is true. */
export function booleanValue(option: RawCopyOption): boolean {
  const found = booleanOf(option);
  if (found !== undefined) return found;
  throw copyOptionError(sqlstate.syntax_error, `${option.name} requires a Boolean value`);
}

function booleanOf(option: RawCopyOption): boolean | undefined {
  if (option.value === undefined) return true;
  const text = textValue(option).toLowerCase();
  if (option.value === 1 || text === 'true' || text === 'on') return true;
  return option.value === 0 || text === 'false' || text === 'off' ? false : undefined;
}

/** HEADER. */
export function headerValue(option: RawCopyOption, direction: 'from' | 'to'): CopyOptions['header'] {
  const found = booleanOf(option);
  if (found !== undefined) return found;
  const text = textValue(option);
  if (text.toLowerCase() !== 'match') {
    throw copyOptionError(sqlstate.syntax_error, `${option.name} requires a Boolean value or "match"`);
  }
  if (direction === 'from') return 'match';
  throw copyOptionError(sqlstate.feature_not_supported, `cannot use "${text}" with HEADER in COPY TO`);
}

/** FORCE_QUOTE, FORCE_NOT_NULL, FORCE_NULL. */
export function columnsValue({ name, value, position }: RawCopyOption): CopyColumns {
  if (typeof value === 'object') return value.columns;
  const message = `argument to option "${name}" must be a list of column names`;
  throw copyOptionError(sqlstate.invalid_parameter_value, message, position);
}

/** One of a few words, such as those of ON_ERROR. */
export function choiceValue<Choice extends string>(option: RawCopyOption, choices: readonly Choice[]): Choice {
  const text = textValue(option);
  const found = choices.find((choice) => choice === text.toLowerCase());
  if (found !== undefined) return found;
  const message = `COPY ${option.name.toUpperCase()} "${text}" not recognized`;
  throw copyOptionError(sqlstate.invalid_parameter_value, message, option.position);
}

/** REJECT_LIMIT. */
export function limitValue(option: RawCopyOption): number {
  const { value } = option;
  const limit = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof limit === 'string') {
    const message = `invalid input syntax for type bigint: "${limit}"`;
    throw copyOptionError(sqlstate.invalid_text_representation, message);
  }
  if (typeof limit !== 'number' || !Number.isInteger(limit)) {
    throw copyOptionError(sqlstate.syntax_error, `${option.name} requires a numeric value`);
  }
  if (limit > 0) return limit;
  const message = `REJECT_LIMIT (${limit}) must be greater than zero`;
  throw copyOptionError(sqlstate.invalid_parameter_value, message);
}

/**
 * ENCODING: what refuses it, if the data is to be in another than UTF-8.
 *
 * @throws PgError 22023 for what is no encoding's name
 */
export function unsupportedEncoding(option: RawCopyOption): PgError | undefined {
  const text = textValue(option);
  const encoding = encodingOfName(text);
  if (encoding === undefined) {
    const message = `argument to option "${option.name}" must be a valid encoding name`;
    throw copyOptionError(sqlstate.invalid_parameter_value, message, option.position);
  }
  if (encoding !== 'other') return undefined;
  const message = `COPY in the encoding "${text}" is not supported`;
  return copyOptionError(sqlstate.feature_not_supported, message, option.position);
}

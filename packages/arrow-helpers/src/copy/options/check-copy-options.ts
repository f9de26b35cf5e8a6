/** What PostgreSQL's ProcessCopyOptions checks once it has read all options, in its order. */
import { type PgError, sqlstate } from '@riffq/wire';
import { copyOptionError } from './copy-option-error.js';
import type { CopyColumns, CopyOptions } from './copy-options.js';

/** The options as they were given. */
export type GivenCopyOptions = { readonly [Name in keyof CopyOptions]?: CopyOptions[Name] | undefined } & {
  readonly freeze?: boolean | undefined;
  readonly encodingRefusal?: PgError | undefined;
};

const UNSAFE_DELIMITERS = '\\.abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Throws PostgreSQL's first objection.
 *
 * @param options - those that were given, over the defaults
 */
export function checkCopyOptions(given: GivenCopyOptions, options: CopyOptions, direction: 'from' | 'to'): void {
  const binary = options.format === 'binary';
  if (binary && given.delimiter !== undefined) throw notInBinary(sqlstate.syntax_error, 'DELIMITER');
  if (binary && given.null !== undefined) throw notInBinary(sqlstate.syntax_error, 'NULL');
  if (binary && options.default !== null) throw notInBinary(sqlstate.syntax_error, 'DEFAULT');
  checkCharacters(options);
  if (binary && options.header !== false) throw notInBinary(sqlstate.feature_not_supported, 'HEADER');
  checkQuoting(given, options);
  checkForced(options, direction);
  checkApart(options, sqlstate.invalid_parameter_value, 'NULL', options.null);
  if (given.freeze && direction === 'to') throw notWith(sqlstate.invalid_parameter_value, 'FREEZE', direction);
  checkDefault(options, direction);
  if (binary && options.onError !== 'stop') {
    throw copyOptionError(sqlstate.syntax_error, 'only ON_ERROR STOP is allowed in BINARY mode');
  }
  if (options.rejectLimit > 0 && options.onError !== 'ignore') {
    throw invalid('COPY REJECT_LIMIT requires ON_ERROR to be set to IGNORE');
  }
}

function checkCharacters({ format, delimiter, null: nullText, default: defaultText }: CopyOptions): void {
  if (!isOneByte(delimiter)) {
    throw copyOptionError(sqlstate.feature_not_supported, 'COPY delimiter must be a single one-byte character');
  }
  if (/[\r\n]/.test(delimiter)) throw invalid('COPY delimiter cannot be newline or carriage return');
  if (/[\r\n]/.test(nullText)) throw invalid('COPY null representation cannot use newline or carriage return');
  if (/[\r\n]/.test(defaultText ?? '')) {
    throw invalid('COPY default representation cannot use newline or carriage return');
  }
  if (format !== 'csv' && UNSAFE_DELIMITERS.includes(delimiter))
    throw invalid(`COPY delimiter cannot be "${delimiter}"`);
}

function checkQuoting(given: GivenCopyOptions, options: CopyOptions): void {
  const { delimiter, quote } = options;
  const csv = options.format === 'csv';
  if (!csv && given.quote !== undefined) throw onlyInCsv('QUOTE');
  if (csv && !isOneByte(quote)) {
    throw copyOptionError(sqlstate.feature_not_supported, 'COPY quote must be a single one-byte character');
  }
  if (csv && delimiter === quote) throw invalid('COPY delimiter and quote must be different');
  if (!csv && given.escape !== undefined) throw onlyInCsv('ESCAPE');
  if (csv && !isOneByte(options.escape)) {
    throw copyOptionError(sqlstate.feature_not_supported, 'COPY escape must be a single one-byte character');
  }
}

function checkForced(options: CopyOptions, direction: 'from' | 'to'): void {
  const checks: readonly [name: string, columns: CopyColumns, direction: 'from' | 'to'][] = [
    ['FORCE_QUOTE', options.forceQuote, 'to'],
    ['FORCE_NOT_NULL', options.forceNotNull, 'from'],
    ['FORCE_NULL', options.forceNull, 'from'],
  ];
  for (const [name, columns, rightDirection] of checks) {
    if (columns.length === 0) continue;
    if (options.format !== 'csv') throw onlyInCsv(name);
    if (direction !== rightDirection) {
      // PostgreSQL's own SQLSTATEs differ here.
      const state = name === 'FORCE_QUOTE' ? sqlstate.feature_not_supported : sqlstate.invalid_parameter_value;
      throw notWith(state, name, direction);
    }
  }
}

function checkDefault(options: CopyOptions, direction: 'from' | 'to'): void {
  if (options.default === null) return;
  if (direction === 'to') throw notWith(sqlstate.feature_not_supported, 'DEFAULT', direction);
  checkApart(options, sqlstate.feature_not_supported, 'DEFAULT', options.default);
  if (options.default !== options.null) return;
  const message = 'NULL specification and DEFAULT specification cannot be the same';
  throw copyOptionError(sqlstate.feature_not_supported, message);
}

function checkApart({ format, delimiter, quote }: CopyOptions, state: string, name: string, text: string): void {
  if (text.includes(delimiter)) {
    throw copyOptionError(state, `COPY delimiter character must not appear in the ${name} specification`);
  }
  if (format === 'csv' && text.includes(quote)) {
    throw copyOptionError(state, `CSV quote character must not appear in the ${name} specification`);
  }
}

function isOneByte(text: string): boolean {
  return text.length === 1 && text.charCodeAt(0) < 0x80;
}

function invalid(message: string): Error {
  return copyOptionError(sqlstate.invalid_parameter_value, message);
}

function notInBinary(state: string, name: string): Error {
  return copyOptionError(state, `cannot specify ${name} in BINARY mode`);
}

function onlyInCsv(name: string): Error {
  return copyOptionError(sqlstate.feature_not_supported, `COPY ${name} requires CSV mode`);
}

function notWith(state: string, name: string, direction: 'from' | 'to'): Error {
  return copyOptionError(state, `COPY ${name} cannot be used with COPY ${direction.toUpperCase()}`);
}

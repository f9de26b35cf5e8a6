import { sqlstate } from '@riffq/wire';
import { checkCopyOptions, type GivenCopyOptions } from './check-copy-options.js';
import { copyOptionError } from './copy-option-error.js';
import {
  booleanValue,
  choiceValue,
  columnsValue,
  headerValue,
  limitValue,
  textValue,
  unsupportedEncoding,
} from './copy-option-values.js';
import type { CopyOptions, RawCopyOption } from './copy-options.js';

/**
 * Checks the options of a COPY statement and fills in the defaults.
 *
 * @param options - those between the parentheses after WITH, in their order
 * @param direction - COPY FROM or COPY TO
 * @throws PgError as PostgreSQL's ProcessCopyOptions: 42601, 22023 or 0A000; an encoding other than UTF8 is 0A000
 * @example
 * resolveCopyOptions([{ name: 'format', value: 'csv' }, { name: 'header', value: 'match' }], 'from');
 */
export function resolveCopyOptions(options: readonly RawCopyOption[], direction: 'from' | 'to'): CopyOptions {
  const seen = new Set<string>();
  let given: GivenCopyOptions = {};
  for (const option of options) {
    if (seen.has(option.name)) {
      throw copyOptionError(sqlstate.syntax_error, 'conflicting or redundant options', option.position);
    }
    given = { ...given, ...readOption(option, direction) };
    seen.add(option.name);
  }
  const csv = given.format === 'csv';
  const quote = given.quote ?? '"';
  const resolved: CopyOptions = {
    format: given.format ?? 'text',
    delimiter: given.delimiter ?? (csv ? ',' : '\t'),
    null: given.null ?? (csv ? '' : '\\N'),
    default: given.default ?? null,
    header: given.header ?? false,
    quote,
    escape: given.escape ?? quote,
    forceQuote: given.forceQuote ?? [],
    forceNotNull: given.forceNotNull ?? [],
    forceNull: given.forceNull ?? [],
    onError: given.onError ?? 'stop',
    rejectLimit: given.rejectLimit ?? 0,
    logVerbosity: given.logVerbosity ?? 'default',
  };
  checkCopyOptions(given, resolved, direction);
  // Ours alone, so it comes after all that PostgreSQL objects to.
  if (given.encodingRefusal !== undefined) throw given.encodingRefusal;
  return resolved;
}

function readOption(option: RawCopyOption, direction: 'from' | 'to'): GivenCopyOptions {
  switch (option.name) {
    case 'format':
      return { format: formatValue(option) };
    case 'freeze':
      return { freeze: booleanValue(option) };
    case 'delimiter':
      return { delimiter: textValue(option) };
    case 'null':
      return { null: textValue(option) };
    case 'default':
      return { default: textValue(option) };
    case 'header':
      return { header: headerValue(option, direction) };
    case 'quote':
      return { quote: textValue(option) };
    case 'escape':
      return { escape: textValue(option) };
    case 'force_quote':
      return { forceQuote: columnsValue(option) };
    case 'force_not_null':
      return { forceNotNull: columnsValue(option) };
    case 'force_null':
      return { forceNull: columnsValue(option) };
    case 'on_error':
      return { onError: onErrorValue(option, direction) };
    case 'log_verbosity':
      return { logVerbosity: choiceValue<CopyOptions['logVerbosity']>(option, ['default', 'silent', 'verbose']) };
    case 'reject_limit':
      return { rejectLimit: limitValue(option) };
    case 'encoding':
      return { encodingRefusal: unsupportedEncoding(option) };
    default:
      throw copyOptionError(sqlstate.syntax_error, `option "${option.name}" not recognized`, option.position);
  }
}

function onErrorValue(option: RawCopyOption, direction: 'from' | 'to'): CopyOptions['onError'] {
  if (direction === 'from' || option.value === undefined) return choiceValue(option, ['stop', 'ignore']);
  const message = 'COPY ON_ERROR cannot be used with COPY TO';
  throw copyOptionError(sqlstate.invalid_parameter_value, message, option.position);
}

function formatValue(option: RawCopyOption): CopyOptions['format'] {
  const text = textValue(option);
  if (text === 'text' || text === 'csv' || text === 'binary') return text;
  const message = `COPY format "${text}" not recognized`;
  throw copyOptionError(sqlstate.invalid_parameter_value, message, option.position);
}

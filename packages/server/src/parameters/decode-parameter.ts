import {
  decodeBinary,
  decodeText,
  decodeUtf8Value,
  invalidBinary,
  isLocalType,
  type TextSettings,
} from '@riffq/arrow-helpers';
import { BufferReader, type Format, isPgError, PgError, parameterContext, sqlstate } from '@riffq/wire';
import type { ParameterValue } from '../query-context.js';

/**
 * Makes a value of Bind into what the handler gets, as {@link ParameterValue} says. Whatever the format, equal values
 * come out equal; xml is passed on unchecked. Text of a type that is not PostgreSQL's own, or that nobody declared, is a
 * string, its binary form a Uint8Array.
 *
 * Errors are PostgreSQL's, word for word, and name the parameter in `where` as PostgreSQL does, without its value.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-BIND
 *
 * @param typeOid - the declared type; 0 if nobody declared one.
 * @param settings - of the session: what dates, times and intervals are read by.
 * @param position - of the parameter, the first being 1.
 * @param portal - the portal's name, empty for the unnamed one.
 * @param forwards - whether another server reads the value: dates, times and money that only that one knows are no errors
 * here, but come as they are written.
 * @throws PgError 22P02 (text) or 22P03 (binary) if it is no value of the type, 22003, 22008 or 22009 if out of the
 * type's range, 22021 if text is not UTF-8, 08P01 if a binary value ends too soon, 22023 for digits that bytea does not
 * have, 42804, 2202E and 54000 for the element type, bounds and size of arrays.
 */
export function decodeParameter(
  value: Uint8Array | null,
  format: Format,
  typeOid: number,
  position: number,
  settings: TextSettings,
  portal = '',
  forwards = false,
): ParameterValue {
  if (value === null) return null;
  let text: string | undefined;
  try {
    if (format === 'text') {
      text = decodeUtf8Value(value);
      return decodeText(typeOid, text, settings);
    }
    const reader = new BufferReader(value, `parameter $${position}`);
    const decoded = decodeBinary(typeOid, reader);
    if (reader.remaining === 0) return decoded;
    throw invalidBinary(`incorrect binary data format in bind parameter ${position}`);
  } catch (error) {
    if (forwards && text !== undefined && isPgError(error) && isLocalType(typeOid)) return text;
    throw isPgError(error) ? inParameter(error, position, portal, text) : error;
  }
}

/** The error with PostgreSQL's CONTEXT line, where the value itself stays hidden. */
function inParameter(error: PgError, position: number, portal: string, text: string | undefined): PgError {
  const { detail, where, ...fields } = error.fields;
  const inner = where === undefined ? '' : `${where}\n`;
  const hidden = text === undefined ? '' : text === '' ? " = ''" : " = '...'";
  return new PgError({
    ...fields,
    // What the reader says there, PostgreSQL does not.
    ...(detail === undefined || fields.sqlstate === sqlstate.protocol_violation ? {} : { detail }),
    where: `${inner}${parameterContext(portal, position)}${hidden}`,
  });
}

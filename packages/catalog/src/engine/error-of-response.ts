import {
  decodeResponseFields,
  type ErrorFields,
  type NoticeFields,
  PgError,
  type ResponseFields,
  sqlstate,
} from '@riffq/wire';
import { tableWithoutRows } from '../errors/statement-errors.js';

/** What is a function in a language here is none in PostgreSQL. */
const ownFunction = /^(?:SQL function "|SQL statement "SELECT pg_toast\.riffq_|PL\/pgSQL function )/;

/**
 * The error that PostgreSQL sent, without the places in its own sources and functions. The severity is ERROR: nothing that
 * goes wrong in the engine ends a session.
 */
export function errorOfResponse(body: Uint8Array): PgError {
  const fields = decodeResponseFields(body);
  // No other file of PostgreSQL's can be missing: the rows of a source's tables are not here.
  if (fields.sqlstate === sqlstate.undefined_file) return tableWithoutRows();
  return new PgError(withoutOwnPlaces(fields));
}

const severities = ['WARNING', 'NOTICE', 'DEBUG', 'INFO', 'LOG'] as const;

/** The same of a notice, which keeps its severity. */
export function noticeOfResponse(body: Uint8Array): NoticeFields {
  const fields = decodeResponseFields(body);
  const severity = severities.find((known) => fields.severity.startsWith(known)) ?? 'NOTICE';
  return { ...withoutOwnPlaces(fields), severity };
}

function withoutOwnPlaces(fields: ResponseFields): Omit<ErrorFields, 'severity'> {
  const { severity, internalPosition, internalQuery, file, line, routine, where, ...others } = fields;
  const places = where?.split('\n').filter((place) => !ownFunction.test(place)) ?? [];
  return { ...others, ...(places.length > 0 && { where: places.join('\n') }) };
}

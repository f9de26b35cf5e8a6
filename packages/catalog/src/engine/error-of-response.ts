import { decodeResponseFields, PgError, sqlstate } from '@riffq/wire';
import { tableWithoutRows } from '../errors.js';

/**
 * The error that PostgreSQL sent, without the places in its own sources and functions. The severity is ERROR: nothing that
 * goes wrong in the engine ends a session.
 */
export function errorOfResponse(body: Uint8Array): PgError {
  const { severity, internalPosition, internalQuery, file, line, routine, ...fields } = decodeResponseFields(body);
  // No other file of PostgreSQL's can be missing: the rows of a source's tables are not here.
  if (fields.sqlstate === sqlstate.undefined_file) return tableWithoutRows();
  // What is a SQL function here is none in PostgreSQL.
  const where = fields.where?.split('\n').filter((line) => !line.startsWith('SQL function "'));
  return new PgError({ ...fields, ...(where !== undefined && { where: where.join('\n') }) });
}

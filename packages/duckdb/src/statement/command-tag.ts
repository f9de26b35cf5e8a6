import { StatementType } from '@duckdb/node-api';
import { keywords } from './sql-token.js';

/** Words that stand between CREATE, DROP or ALTER and the kind of object. */
const modifiers = new Set('OR REPLACE TEMP TEMPORARY PERSISTENT LOCAL GLOBAL UNLOGGED UNIQUE RECURSIVE'.split(' '));

/**
 * The command tag of a statement that returned no rows, as PostgreSQL has it (manual, section 54.7, CommandComplete).
 *
 * @param count - rows written, undefined for a statement that counts none
 */
export function commandTag(sql: string, statementType: StatementType, count: number | undefined): string {
  const [first = '', ...rest] = keywords(sql);
  switch (statementType) {
    case StatementType.INSERT:
      return `INSERT 0 ${count ?? 0}`;
    case StatementType.UPDATE:
      return `UPDATE ${count ?? 0}`;
    case StatementType.DELETE:
      return first === 'TRUNCATE' ? 'TRUNCATE TABLE' : `DELETE ${count ?? 0}`;
    case StatementType.MERGE_INTO:
      return `MERGE ${count ?? 0}`;
    case StatementType.COPY:
      return `COPY ${count ?? 0}`;
    case StatementType.CREATE:
      // CREATE TABLE AS counts the rows that it selected.
      if (count !== undefined) return `SELECT ${count}`;
  }
  if (first !== 'CREATE' && first !== 'DROP' && first !== 'ALTER') return first;
  const kind = rest.find((word) => !modifiers.has(word)) ?? '';
  return `${first} ${kind === 'MACRO' ? 'FUNCTION' : kind}`;
}

/** The command tag of a statement that returned rows. */
export function rowsTag(statementType: StatementType): (count: number) => string {
  switch (statementType) {
    case StatementType.INSERT:
      return (count) => `INSERT 0 ${count}`;
    case StatementType.UPDATE:
      return (count) => `UPDATE ${count}`;
    case StatementType.DELETE:
      return (count) => `DELETE ${count}`;
    case StatementType.MERGE_INTO:
      return (count) => `MERGE ${count}`;
    case StatementType.EXPLAIN:
      return () => 'EXPLAIN';
    default:
      return (count) => `SELECT ${count}`;
  }
}

import type { Statement } from './statement.js';
import { wordsOf } from './words.js';

/**
 * What may be said of a statement before anything runs: `noRows` returns none, `mayWriteRows` may write and return rows
 * (so it cannot be run to learn its columns), `reads` is all else.
 */
export type StatementClass = 'noRows' | 'mayWriteRows' | 'reads';

const neverReturnRows = new Set(
  (
    'ABORT ALTER ANALYZE ATTACH BEGIN CHECKPOINT CLOSE CLUSTER COMMENT COMMIT COPY CREATE DEALLOCATE DECLARE DETACH DISCARD ' +
    'DO DROP END GRANT IMPORT INSTALL LISTEN LOAD LOCK MOVE NOTIFY PREPARE REASSIGN REFRESH REINDEX RELEASE RESET REVOKE ' +
    'ROLLBACK SAVEPOINT SECURITY SET START TRUNCATE UNLISTEN USE VACUUM'
  ).split(' '),
);
const writesUnlessReturning = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE', 'UPSERT']);
/** A FETCH moves its cursor on. */
const mayWrite = new Set(['CALL', 'EXECUTE', 'FETCH']);

/** Looks at the statement's words alone, so it holds for any dialect that uses SQL's keywords. */
export function classifyStatement(statement: Statement): StatementClass {
  const { keyword } = statement;
  if (neverReturnRows.has(keyword)) return 'noRows';
  if (writesUnlessReturning.has(keyword)) return statement.returning ? 'mayWriteRows' : 'noRows';
  if (mayWrite.has(keyword)) return 'mayWriteRows';
  if (keyword === 'EXPLAIN') return explainsWrite(statement) ? 'mayWriteRows' : 'reads';
  if (keyword === 'WITH' && statement.writesInside) return 'mayWriteRows';
  if ((keyword === 'SELECT' || keyword === 'WITH') && statement.selectsInto) return 'noRows';
  return 'reads';
}

/** EXPLAIN ANALYZE runs what it explains. */
function explainsWrite(statement: Statement): boolean {
  const keywords = wordsOf(statement.sql).map((word) => word.keyword);
  if (!keywords.includes('ANALYZE') && !keywords.includes('ANALYSE')) return false;
  return statement.writesInside || ['CREATE', 'EXECUTE', 'REFRESH'].some((keyword) => keywords.includes(keyword));
}

import type { Statement } from './statement.js';

/** For these PostgreSQL takes no snapshot: what can only be set before the first query of a transaction still can. */
const withoutSnapshot = new Set('SET RESET SHOW LISTEN UNLISTEN NOTIFY LOCK FETCH MOVE CHECKPOINT'.split(' '));

/** For these it takes one as soon as it reads them. */
const analysed = new Set('SELECT WITH VALUES TABLE INSERT UPDATE DELETE MERGE DECLARE EXPLAIN CALL'.split(' '));

/** Whether a statement is no query of its transaction when it is run. */
export function leavesTransactionUnqueried({ keyword }: Statement): boolean {
  return withoutSnapshot.has(keyword);
}

/** Whether a statement is a query of its transaction by Parse or Bind already. */
export function isQueryWhenRead({ keyword }: Statement): boolean {
  return analysed.has(keyword);
}

import type { Behaviour } from '../behaviour.js';
import { all, failureOf } from './conversations.js';

const digits = Array.from({ length: 10 }, (_, digit) => `(${digit})`).join(', ');
const crossed = Array.from({ length: 14 }, (_, index) => `digits AS d${index}`).join(', ');

/** A query that neither server finishes, nor keeps anything of, with this name for its column. */
function endless(column: string): string {
  return `WITH digits (d) AS (VALUES ${digits}) SELECT count(*) AS ${column} FROM ${crossed}`;
}

/** A statement that runs is cancelled, and nothing else is. */
export const cancels: readonly Behaviour[] = [
  {
    group: 'Cancel',
    name: 'a running statement, then a good one, twice',
    needs: ['cancel'],
    server: 'duckdb',
    observe: async (connection, { untilRunning }) => {
      const seen = [];
      for (const round of ['first_round', 'second_round']) {
        const statement = await connection.start(endless(round));
        await untilRunning(round);
        await statement.cancel();
        seen.push(await failureOf(statement.result()));
        seen.push(await connection.query('SELECT CAST(1 AS INTEGER) AS one'));
      }
      return seen;
    },
  },
  {
    group: 'Cancel',
    name: 'in a transaction, which then has failed',
    needs: ['cancel'],
    server: 'duckdb',
    observe: async (connection, { untilRunning }) => {
      await all(connection, ['CREATE TEMPORARY TABLE kept (n INTEGER)', 'BEGIN', 'INSERT INTO kept VALUES (1)']);
      const statement = await connection.start(endless('in_transaction'));
      await untilRunning('in_transaction');
      await statement.cancel();
      const failures = [await failureOf(statement.result()), await failureOf(connection.query('SELECT 1 AS one'))];
      return [failures, await all(connection, ['ROLLBACK', 'SELECT n FROM kept'])];
    },
  },
];

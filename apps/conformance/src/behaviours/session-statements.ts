import type { Behaviour } from '../behaviour.js';
import type { Connection } from '../client.js';
import { failureOf } from './conversations.js';

/** What the session itself answers, in SQL that every client can send: cursors, prepared statements, settings. */
export const sessionStatements: readonly Behaviour[] = [
  statement('a cursor in a block', (connection) =>
    each(
      connection,
      ...[
        'BEGIN',
        `DECLARE c CURSOR FOR ${numbers(1000)}`,
        'FETCH c',
        'FETCH 3 FROM c',
        'MOVE 990 IN c',
        'FETCH ALL IN c',
      ],
      ...['FETCH c', 'CLOSE c', 'COMMIT'],
    ),
  ),
  // psqlODBC's, and so Tableau's.
  statement('a cursor WITH HOLD', (connection) =>
    each(
      connection,
      ...[`DECLARE "SQL_CUR0x1" CURSOR WITH HOLD FOR ${numbers(250)}`, 'FETCH 100 IN "SQL_CUR0x1"', 'BEGIN', 'COMMIT'],
      ...['FETCH 100 IN "SQL_CUR0x1"', 'FETCH 100 IN "SQL_CUR0x1"', 'FETCH 100 IN "SQL_CUR0x1"', 'CLOSE "SQL_CUR0x1"'],
    ),
  ),
  statement('a cursor that cannot go back', async (connection) => [
    await each(connection, 'BEGIN', `DECLARE c NO SCROLL CURSOR FOR ${numbers(10)}`, 'FETCH 2 FROM c'),
    await failureOf(connection.query('FETCH PRIOR FROM c')),
    await each(connection, 'ROLLBACK'),
  ]),
  statement('PREPARE and EXECUTE', async (connection) => [
    await each(connection, `PREPARE s (int4, text) AS SELECT CAST($1 AS INTEGER) AS n, CAST($2 AS VARCHAR) AS t`),
    await each(connection, "EXECUTE s (1, 'one')", "EXECUTE s ('2'::int, NULL)", 'EXECUTE s (-3, 3)', 'DEALLOCATE s'),
    await failureOf(connection.query("EXECUTE s (1, 'one')")),
  ]),
  statement('a setting with a unit', async (connection) => [
    await each(connection, "SET work_mem = '65536kB'", 'SHOW work_mem', 'RESET work_mem', 'SHOW work_mem'),
    await failureOf(connection.query("SET work_mem = 'plenty'")),
  ]),
];

function statement(name: string, observe: (connection: Connection) => Promise<unknown>): Behaviour {
  return { group: 'Session statements', name, needs: [], server: 'duckdb', observe };
}

async function each(connection: Connection, ...statements: readonly string[]): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for (const sql of statements) seen.push(await connection.query(sql));
  return seen;
}

function numbers(count: number): string {
  const series = `generate_series(1, ${count}) AS numbers (i)`;
  return `SELECT CAST(i AS INTEGER) AS n, CAST(i AS VARCHAR) AS t FROM ${series} ORDER BY i`;
}

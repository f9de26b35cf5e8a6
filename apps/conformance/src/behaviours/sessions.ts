import { type Behaviour, hashOf } from '../behaviour.js';
import { all, errorsThenGood, sqlstateOf } from './conversations.js';

const group = 'Sessions';

/** What a session goes through: connecting, errors, transactions, results of every length. */
export const sessions: readonly Behaviour[] = [
  {
    group,
    name: 'connect, ask, disconnect',
    needs: [],
    server: 'duckdb',
    observe: (connection) => connection.query('SELECT CAST(1 AS INTEGER) AS one'),
  },
  {
    group,
    name: 'an error, then a good query',
    needs: [],
    server: 'duckdb',
    observe: (connection) => errorsThenGood(connection, {}),
  },
  {
    group,
    name: 'an error, then a good query, with parameters',
    needs: ['parameters'],
    server: 'duckdb',
    observe: (connection) => errorsThenGood(connection, { parameters: [{ type: 'int4', text: '1' }] }),
  },
  {
    group,
    name: 'no rows, but columns',
    needs: [],
    server: 'duckdb',
    observe: (connection) => connection.query(`SELECT CAST(1 AS INTEGER) AS a, CAST('' AS VARCHAR) AS b WHERE 1 = 0`),
  },
  {
    group,
    name: '100,000 rows',
    needs: [],
    server: 'duckdb',
    observe: async (connection) => {
      const numbers = 'generate_series(1, 100000) AS numbers (i)';
      const { rows, ...rest } = await connection.query(
        `SELECT CAST(i AS INTEGER) AS n, CAST(i AS VARCHAR) AS t, CAST(i AS DOUBLE PRECISION) / 8 AS f FROM ${numbers} ORDER BY i`,
      );
      return { ...rest, length: rows.length, last: rows.at(-1), hash: hashOf(rows) };
    },
  },
  {
    group,
    name: 'a value of a million characters, and 300 columns',
    needs: [],
    server: 'duckdb',
    observe: async (connection) => {
      const columns = Array.from({ length: 300 }, (_, index) => `CAST(${index} AS INTEGER) AS c${index}`);
      const long = `CAST(repeat('abcd', 250000) AS VARCHAR) AS long`;
      const { rows, ...rest } = await connection.query(`SELECT ${[long, ...columns].join(', ')}`);
      return { ...rest, hash: hashOf(rows) };
    },
  },
  {
    group,
    name: 'a transaction committed, another rolled back',
    needs: [],
    server: 'duckdb',
    observe: (connection) =>
      all(connection, [
        'CREATE TEMPORARY TABLE kept (n INTEGER)',
        'BEGIN',
        'INSERT INTO kept VALUES (1)',
        'COMMIT',
        'BEGIN',
        'INSERT INTO kept VALUES (2)',
        'ROLLBACK',
        'SELECT n FROM kept',
      ]),
  },
  {
    group,
    name: 'after an error a transaction takes nothing but its end',
    needs: [],
    server: 'duckdb',
    observe: async (connection) => [
      await all(connection, ['CREATE TEMPORARY TABLE kept (n INTEGER)', 'BEGIN', 'INSERT INTO kept VALUES (1)']),
      await sqlstateOf(connection, 'SELECT * FROM no_such_table'),
      await sqlstateOf(connection, 'SELECT 1 AS one'),
      await all(connection, ['ROLLBACK', 'SELECT n FROM kept']),
    ],
  },
];

import type { Behaviour } from '../behaviour.js';
import type { Connection } from '../client.js';
import { failureOf } from './conversations.js';

const good = 'SELECT CAST(1 AS INTEGER) AS one';

/** A result that the client asks for in portions: by a portal with a row limit, or a cursor. */
export const portions: readonly Behaviour[] = [
  portion('the last one not full', async (connection) => connection.portions(numbers(1000), 300)),
  portion('the last one full', async (connection) => connection.portions(numbers(1000), 250)),
  portion('all rows in the first', async (connection) => connection.portions(numbers(10), 100)),
  portion('no rows', async (connection) => connection.portions(`${good} WHERE 1 = 0`, 10)),
  portion('50,000 rows by 1,000', async (connection) => {
    const seen = await connection.portions(numbers(50_000), 1000);
    return seen.map((rows) => [rows.length, rows.at(-1)]);
  }),
  portion('the first only, then a good query', async (connection) => [
    await connection.portions(numbers(50_000), 10, 1),
    await connection.query(good),
    await connection.portions(numbers(20), 10, 1),
    await connection.query(good),
  ]),
  // The first row of a portion fails: what postgres.js had got of one it gives as rows of the next result.
  portion('an error in a later one, then a good query', async (connection) => [
    await failureOf(
      connection.portions(`SELECT CAST(replace(t, '5001', 'x') AS INTEGER) AS n FROM (${numbers(9000)}) AS r`, 500),
    ),
    await connection.query(good),
  ]),
];

function portion(name: string, observe: (connection: Connection) => Promise<unknown>): Behaviour {
  return { group: 'A result in portions', name, needs: ['portions'], server: 'duckdb', observe };
}

function numbers(count: number): string {
  const series = `generate_series(1, ${count}) AS numbers (i)`;
  return `SELECT CAST(i AS INTEGER) AS n, CAST(i AS VARCHAR) AS t FROM ${series} ORDER BY i`;
}

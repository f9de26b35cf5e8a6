import type { Behaviour } from '../behaviour.js';
import type { Connection } from '../client.js';
import { typeCases } from '../type-cases.js';

const group = 'Parameters';
const texts = ['plain', 'with, a comma', '{braces}', '"quoted"', 'back\\slash', '', 'NULL', ' ', 'naïve 日本 🦆'];

/** Values that the client sends beside the statement, in the formats that it prefers. */
export const parameters: readonly Behaviour[] = [
  ...typeCases.map(
    ({ name, type, values, parameter }): Behaviour => ({
      group,
      name,
      needs: ['parameters'],
      server: 'duckdb',
      observe: async (connection) => {
        const seen = [];
        for (const text of [...values, null]) {
          seen.push(await connection.query(`SELECT ${parameter} AS value`, { parameters: [{ type, text }] }));
        }
        return seen;
      },
    }),
  ),
  {
    group,
    name: 'arrays of integers and of texts',
    needs: ['parameters', 'arrays'],
    server: 'duckdb',
    observe: async (connection) => {
      const member =
        'SELECT CAST($2 AS INTEGER) = ANY(CAST($1 AS INTEGER[])) AS found, (CAST($1 AS INTEGER[]))[2] AS second';
      const seen = [];
      for (const array of ['[1,-2,3]', '[7]', '[]']) {
        seen.push(await connection.query(member, { parameters: [{ type: 'int4[]', text: array }, int4(-2)] }));
      }
      for (const index of texts.keys()) {
        const sql = `SELECT (CAST($1 AS VARCHAR[]))[${index + 1}] AS element`;
        seen.push(await connection.query(sql, { parameters: [{ type: 'text[]', text: JSON.stringify(texts) }] }));
      }
      return seen;
    },
  },
  {
    group,
    name: 'several, used twice and out of order',
    needs: ['parameters'],
    server: 'duckdb',
    observe: (connection) => {
      const sql = 'SELECT CAST($2 AS VARCHAR) AS b, CAST($1 AS INTEGER) AS a, CAST($2 AS VARCHAR) AS c';
      return connection.query(sql, { parameters: [int4(1), { type: 'varchar', text: 'two' }] });
    },
  },
  {
    group,
    name: 'in a condition, the same statement seven times',
    needs: ['parameters'],
    server: 'duckdb',
    // psycopg prepares a statement when it has seen it five times.
    observe: (connection) =>
      repeatedly(
        connection,
        'SELECT v FROM (VALUES (1), (2), (3)) AS listed (v) WHERE v > CAST($1 AS INTEGER) ORDER BY v',
      ),
  },
];

async function repeatedly(connection: Connection, sql: string): Promise<unknown> {
  const seen = [];
  for (const value of [0, 1, 2, 3, 0, 1, 2]) {
    seen.push(await connection.query(sql, { parameters: [int4(value)] }));
  }
  return seen;
}

function int4(value: number) {
  return { type: 'int4', text: String(value) };
}

import type { Behaviour } from '../behaviour.js';
import type { Connection, Parameter } from '../client.js';
import { failureOf, sumOf } from './conversations.js';

const insert = 'INSERT INTO batched VALUES ($1, $2)';

/** One statement with many lists of parameters, sent before any of it is answered. */
export const batches: readonly Behaviour[] = [
  batch('300 times', async (connection) => [
    await connection.batch(insert, numbered(300)),
    await sumOf(connection, 'batched'),
  ]),
  batch('an error in the middle: what was kept is the same', async (connection) => [
    await failureOf(connection.batch(insert, [...numbered(10), ...numbered(5), ...numbered(20).slice(10)])),
    await sumOf(connection, 'batched'),
    await connection.batch(insert, numbered(40).slice(30)),
    await sumOf(connection, 'batched'),
  ]),
  batch('a statement that cannot be prepared', async (connection) => [
    await failureOf(connection.batch('INSERT INTO no_such_table VALUES ($1, $2)', numbered(3))),
    await sumOf(connection, 'batched'),
  ]),
  batch('in a transaction that is rolled back', async (connection) => [
    await connection.query('BEGIN'),
    await connection.batch(insert, numbered(10)),
    await sumOf(connection, 'batched'),
    await connection.query('ROLLBACK'),
    await sumOf(connection, 'batched'),
  ]),
];

function batch(name: string, observe: (connection: Connection) => Promise<unknown>): Behaviour {
  return {
    group: 'A batch of statements',
    name,
    needs: ['batch'],
    server: 'duckdb',
    observe: async (connection) => {
      await connection.query('CREATE TEMPORARY TABLE batched (n INTEGER PRIMARY KEY, t VARCHAR)');
      return observe(connection);
    },
  };
}

function numbered(count: number): readonly (readonly Parameter[])[] {
  return Array.from({ length: count }, (_, n) => [
    { type: 'int4', text: String(n) },
    { type: 'varchar', text: n % 7 === 0 ? null : `row ${n}` },
  ]);
}

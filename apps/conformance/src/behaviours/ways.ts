import type { Behaviour, Dialect } from '../behaviour.js';
import type { Connection } from '../client.js';
import { typeCases, valuesOf } from '../type-cases.js';
import { all, errorsThenGood } from './conversations.js';

// These write values into the text, where PostgreSQL would read them; DuckDB has other literals for two types.
const writesValues = new Set(['default_query_exec_mode=simple_protocol', 'preferQueryMode=simple']);
const readOtherwise = new Set(['bytea', 'numeric']);

/** What a client does when its users have it ask in another way than by default. */
export const ways: readonly Behaviour[] = [
  inEachWay('results of every type', 'duckdb', async (connection, dialect) => {
    const seen = [];
    for (const typeCase of typeCases) {
      seen.push(await connection.query(valuesOf(typeCase, dialect)));
    }
    return seen;
  }),
  inEachWay('parameters of every type', 'duckdb', async (connection, _, way) => {
    const seen = [];
    const sent = writesValues.has(way) ? typeCases.filter(({ type }) => !readOtherwise.has(type)) : typeCases;
    for (const { type, values, parameter } of sent) {
      for (const text of [...values, null]) {
        seen.push(await connection.query(`SELECT ${parameter} AS value`, { parameters: [{ type, text }] }));
      }
    }
    return seen;
  }),
  inEachWay('an error, then a good query', 'duckdb', async (connection) => [
    await errorsThenGood(connection, {}),
    await errorsThenGood(connection, { parameters: [{ type: 'int4', text: '1' }] }),
  ]),
  inEachWay('20 queries, none waiting for the one before', 'duckdb', (connection) => {
    const one = (_: unknown, n: number) => [{ type: 'int4', text: String(n) }];
    const lists = Array.from({ length: 20 }, one);
    return Promise.all(
      lists.map((parameters) => connection.query('SELECT CAST($1 AS INTEGER) + 1 AS next', { parameters })),
    );
  }),
  inEachWay('a transaction rolled back', 'duckdb', (connection) => {
    const changes = ['BEGIN', 'INSERT INTO kept VALUES (2)', 'SELECT n FROM kept ORDER BY n', 'ROLLBACK'];
    return all(connection, ['CREATE TEMPORARY TABLE kept (n INTEGER)', ...changes, 'SELECT n FROM kept']);
  }),
  inEachWay('a write is executed exactly once', 'counting', async (connection) => [
    await connection.query('CREATE TEMPORARY TABLE writes (value VARCHAR)'),
    await connection.query('INSERT INTO writes VALUES ($1)', { parameters: [{ type: 'varchar', text: 'one' }] }),
    await connection.query('SELECT CAST(count(*) AS INTEGER) AS calls FROM writes'),
  ]),
];

function inEachWay(
  name: string,
  server: Behaviour['server'],
  observe: (connection: Connection, dialect: Dialect, way: string) => Promise<unknown>,
): Behaviour {
  return {
    group: "In each of the client's other ways of asking",
    name,
    needs: ['ways'],
    server,
    observe: async (_, { ways, connect, dialect }) => {
      const seen = [];
      for (const way of ways) {
        seen.push({ way, saw: await observe(await connect(way), dialect, way) });
      }
      return seen;
    },
  };
}

import { createHash } from 'node:crypto';
import type { Behaviour } from '../behaviour.js';
import type { CopyFormat } from '../client.js';
import { typeCases, valuesOf, valuesOfEveryType } from '../type-cases.js';
import { all, failureOf, sumOf } from './conversations.js';

const formats: readonly CopyFormat[] = ['text', 'csv', 'binary'];
const columns = ['n', ...typeCases.map((_, index) => `c${index}`)];
const manyRows = `SELECT CAST(i AS INTEGER) AS n, CAST(i AS VARCHAR) AS t FROM generate_series(1, 100000) AS numbers (i) ORDER BY i`;

/** COPY both ways, with data that the client passes on and values that it encodes. */
export const copies: readonly Behaviour[] = [
  ...formats.flatMap((format): Behaviour[] => [
    {
      group: 'COPY',
      name: `every type out, ${format}`,
      needs: ['copy'],
      server: 'duckdb',
      observe: async (connection, { dialect }) => {
        const seen = [];
        for (const typeCase of typeCases) {
          const data = await connection.copyOut(valuesOf(typeCase, dialect), format);
          seen.push({ type: typeCase.name, data: data.toString('latin1') });
        }
        return seen;
      },
    },
    {
      group: 'COPY',
      name: `every type in, ${format}`,
      needs: ['copy'],
      server: 'duckdb',
      observe: async (connection, { dialect }) => {
        const data = await connection.copyOut(valuesOfEveryType(dialect), format);
        await connection.query(`CREATE TEMPORARY TABLE copied AS ${valuesOfEveryType(dialect)} LIMIT 0`);
        const tag = await connection.copyIn({ table: 'copied', columns }, format, data);
        return [tag, await connection.query('SELECT * FROM copied ORDER BY n')];
      },
    },
    {
      group: 'COPY',
      name: `100,000 rows out and in, ${format}`,
      needs: ['copy'],
      server: 'duckdb',
      observe: async (connection) => {
        const data = await connection.copyOut(manyRows, format);
        await connection.query('CREATE TEMPORARY TABLE copied (n INTEGER, t VARCHAR)');
        const tag = await connection.copyIn({ table: 'copied', columns: ['n', 't'] }, format, data);
        const distinct = await connection.query('SELECT CAST(count(DISTINCT t) AS INTEGER) AS count FROM copied');
        const sum = await connection.query('SELECT CAST(sum(n) AS BIGINT) AS sum FROM copied');
        return [createHash('sha256').update(data).digest('hex'), tag, distinct, sum];
      },
    },
  ]),
  {
    group: 'COPY',
    name: 'a query that fails half-way, then a good one',
    needs: ['copy', 'copyError'],
    server: 'duckdb',
    observe: async (connection) => {
      const failing = `SELECT CAST(v AS INTEGER) AS n FROM (VALUES ('1'), ('x')) AS listed (v)`;
      return [
        await failureOf(connection.copyOut(failing, 'text')),
        await failureOf(connection.copyOut('SELECT * FROM no_such_table', 'binary')),
        (await connection.copyOut('SELECT CAST(1 AS INTEGER) AS n', 'csv')).toString(),
      ];
    },
  },
  {
    group: 'COPY',
    name: 'bad data, of which nothing is kept, then good data',
    needs: ['copy', 'copyError'],
    server: 'duckdb',
    observe: async (connection) => {
      await connection.query('CREATE TEMPORARY TABLE copied (n INTEGER)');
      const copyIn = (table: string, data: string) =>
        connection.copyIn({ table, columns: ['n'] }, 'text', Buffer.from(data));
      return [
        await failureOf(copyIn('copied', '1\nx\n3\n')),
        await failureOf(copyIn('copied', '1\n2\t3\n')),
        await failureOf(copyIn('no_such_table', '1\n')),
        await sumOf(connection, 'copied'),
        await copyIn('copied', '1\n2\n'),
        await sumOf(connection, 'copied'),
      ];
    },
  },
  {
    group: 'COPY',
    name: 'in a transaction that is rolled back',
    needs: ['copy'],
    server: 'duckdb',
    observe: async (connection) => [
      await all(connection, ['CREATE TEMPORARY TABLE copied (n INTEGER)', 'BEGIN']),
      await connection.copyIn({ table: 'copied', columns: ['n'] }, 'csv', Buffer.from('1\n2\n')),
      await sumOf(connection, 'copied'),
      await connection.query('ROLLBACK'),
      await sumOf(connection, 'copied'),
    ],
  },
  {
    group: 'COPY',
    name: 'values of every type, which the client encodes in binary',
    needs: ['copyRows'],
    server: 'duckdb',
    observe: async (connection, { dialect }) => {
      const seen = [];
      for (const [index, typeCase] of typeCases.entries()) {
        const table = `copied${index}`;
        await connection.query(`CREATE TEMPORARY TABLE ${table} AS ${valuesOf(typeCase, dialect)} LIMIT 0`);
        const rows = [...typeCase.values, null].map((text) => [{ type: typeCase.type, text }]);
        await connection.copyRows({ table, columns: ['value'] }, rows);
        seen.push(await connection.query(`SELECT value FROM ${table}`));
      }
      return seen;
    },
  },
];

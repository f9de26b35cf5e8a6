import type { Behaviour, Surroundings } from '../behaviour.js';
import { ClientError, type Connection } from '../client.js';
import { sumOf } from './conversations.js';

/** More often than drivers ask a statement before they prepare it. */
const times = 6;
const changes = ['ADD COLUMN extra INTEGER', 'DROP COLUMN extra', 'ALTER COLUMN m TYPE BIGINT'];

/**
 * What a client has prepared gives other columns when its table has changed: it is told so, and some then prepare the
 * statement anew without a word. In every way of asking; by `echo`, too, where some use statements that they have kept.
 */
export const changedTables: readonly Behaviour[] = [
  changed('a query', 'SELECT * FROM changed WHERE n = $1'),
  changed('a write that returns rows', 'INSERT INTO changed (n) VALUES ($1) RETURNING *'),
];

function changed(name: string, sql: string): Behaviour {
  return {
    group: 'A table changes under a statement that is asked again',
    name,
    needs: ['parameters'],
    server: 'duckdb',
    observe: async (connection, { ways, lacks, connect }) => {
      const seen = [{ saw: await askAgain(connection, sql, lacks) }];
      for (const way of ways) {
        seen.push({ saw: await askAgain(await connect(way), sql, lacks) });
      }
      return seen;
    },
  };
}

async function askAgain(connection: Connection, sql: string, lacks: Surroundings['lacks']): Promise<unknown> {
  await connection.query('CREATE TEMPORARY TABLE changed (n INTEGER, m INTEGER)');
  await connection.query('INSERT INTO changed VALUES (1, 2)');
  const seen = [];
  for (const change of [undefined, ...changes]) {
    if (change !== undefined) {
      await connection.query(`ALTER TABLE changed ${change}`);
    }
    for (let time = 0; time < times; time += 1) {
      seen.push(await outcomeOf(connection.query(sql, { parameters: [{ type: 'int4', text: '1' }] })));
      if (lacks.echo === undefined) {
        seen.push(await outcomeOf(connection.echo('SELECT CAST(1 AS INTEGER) AS n', sql)));
      }
    }
    seen.push(await sumOf(connection, 'changed'));
  }
  return seen;
}

async function outcomeOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ClientError) {
      return { sqlstate: error.sqlstate };
    }
    throw error;
  }
}

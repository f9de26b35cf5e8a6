import type { Behaviour } from '../behaviour.js';
import type { Connection } from '../client.js';
import { failureOf, sumOf } from './conversations.js';

const create = 'CREATE TEMPORARY TABLE scripted (n INTEGER)';

/** A text of several statements. */
export const scripts: readonly Behaviour[] = [
  script('results of all', (connection) =>
    connection.script(`${create}; INSERT INTO scripted VALUES (1), (2); SELECT n FROM scripted ORDER BY n;
      UPDATE scripted SET n = n + 1; SELECT CAST(sum(n) AS INTEGER) AS sum, CAST(NULL AS VARCHAR) AS nothing FROM scripted`),
  ),
  script('an error undoes what came before it, and skips what comes after', async (connection) => [
    await connection.query(create),
    await failureOf(
      connection.script(
        'INSERT INTO scripted VALUES (1); SELECT * FROM no_such_table; INSERT INTO scripted VALUES (2)',
      ),
    ),
    await sumOf(connection, 'scripted'),
  ]),
  script('with transactions of its own', async (connection) => [
    await connection.query(create),
    await connection.script(
      'BEGIN; INSERT INTO scripted VALUES (1); COMMIT; BEGIN; INSERT INTO scripted VALUES (2); ROLLBACK; SELECT n FROM scripted',
    ),
    await sumOf(connection, 'scripted'),
  ]),
];

function script(name: string, observe: (connection: Connection) => Promise<unknown>): Behaviour {
  return { group: 'Several statements in one text', name, needs: ['script'], server: 'duckdb', observe };
}

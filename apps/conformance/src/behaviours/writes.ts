import type { Behaviour } from '../behaviour.js';
import type { Ability, QueryOptions } from '../client.js';

const one = { type: 'varchar', text: 'one' };

/**
 * A write is executed exactly once, whatever a client asks before it executes it. On PostgreSQL the table counts; our
 * server's handler counts its calls with an INSERT, and gives that as the table's count.
 */
export const writes: readonly Behaviour[] = [
  write('by itself', [], `('one')`, {}),
  write('as an extended query, in text', ['text'], `('one')`, { mode: 'text' }),
  write('as an extended query, in binary', ['binary'], `('one')`, { mode: 'binary' }),
  write('with a parameter', ['parameters'], '($1)', { parameters: [one] }),
];

function write(name: string, needs: readonly Ability[], row: string, options: QueryOptions): Behaviour {
  return {
    group: 'A write is executed exactly once',
    name,
    needs,
    server: 'counting',
    observe: async (connection) => [
      await connection.query('CREATE TEMPORARY TABLE writes (value VARCHAR)'),
      await connection.query(`INSERT INTO writes VALUES ${row}`, options),
      await connection.query('SELECT CAST(count(*) AS INTEGER) AS calls FROM writes'),
    ],
  };
}

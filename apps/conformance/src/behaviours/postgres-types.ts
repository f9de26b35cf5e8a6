import type { Behaviour, Surroundings } from '../behaviour.js';
import { ClientError, type Connection, queryModes, type Unreadable } from '../client.js';
import { type TypeValues, typesByKind, valuesQuery } from '../type-results.js';

/** Values of every type of PostgreSQL's, and of arrays: read in each way of asking, and given back by the client itself. */
export const postgresTypes: readonly Behaviour[] = [...typesByKind].flatMap(([kind, types]): Behaviour[] => [
  {
    group: 'Every PostgreSQL type: results, simple, in text and in binary',
    name: kind,
    needs: [],
    server: 'types',
    observe: (connection, surroundings) => read(connection, types, surroundings),
  },
  {
    group: 'Every PostgreSQL type: parameters that the client has read in binary',
    name: kind,
    needs: ['echo', 'parameters'],
    server: 'types',
    observe: (connection, { unreadable }) =>
      seenOf(types, unreadable, (values) =>
        connection.echo(valuesQuery(values), `SELECT CAST($1 AS ${values.type}) AS value`),
      ),
  },
  {
    group: 'Every PostgreSQL type: COPY of what the client has read in binary',
    name: kind,
    needs: ['echo', 'copyRows'],
    server: 'types',
    observe: (connection, { unreadable }) => seenOf(types, unreadable, (values) => copied(connection, values)),
  },
]);

async function read(
  connection: Connection,
  types: readonly TypeValues[],
  { lacks, unreadable }: Surroundings,
): Promise<unknown> {
  const modes = queryModes.filter((mode) => lacks[mode] === undefined);
  const seen: unknown[] = [];
  for (const mode of modes) {
    seen.push(await seenOf(types, unreadable, (values) => connection.query(valuesQuery(values), { mode })));
  }
  return seen;
}

/** Into a table of the type's own: clients remember what columns a table has. */
async function copied(connection: Connection, values: TypeValues): Promise<unknown> {
  const table = `copied_${values.type.replace(/\W/g, '_')}`;
  await connection.query(`DROP TABLE IF EXISTS ${table}`);
  await connection.query(`CREATE TEMPORARY TABLE ${table} (value ${values.type})`);
  await connection.copyEcho({ table, columns: ['value'] }, valuesQuery(values));
  return connection.query(`SELECT value FROM ${table}`);
}

/** What is seen of all values of a type at once, and if there is one that the client has not, of each alone. */
async function seenOf(
  types: readonly TypeValues[],
  unreadable: readonly Unreadable[],
  see: (values: TypeValues) => Promise<unknown>,
): Promise<unknown> {
  const seen: unknown[] = [];
  for (const { type, texts: all } of types) {
    const limits = unreadable.filter((limit) => limit.type === type).flatMap(({ values }) => values);
    const texts = all.filter((text) => !limits.includes(text));
    const whole = await outcomeOf(see({ type, texts }));
    if (!whole.isFailure) seen.push([type, whole.seen]);
    else for (const text of texts) seen.push([type, text, (await outcomeOf(see({ type, texts: [text] }))).seen]);
  }
  return seen;
}

/** What a client cannot do, and what a server does not take from it, is seen, too; how it says so is its own affair. */
async function outcomeOf(seeing: Promise<unknown>): Promise<{ readonly seen: unknown; readonly isFailure: boolean }> {
  try {
    return { seen: await seeing, isFailure: false };
  } catch (error) {
    return { seen: error instanceof ClientError ? error.sqlstate : 'failed', isFailure: true };
  }
}

import type { Behaviour, Dialect } from '../behaviour.js';
import type { QueryMode } from '../client.js';
import { typeCases, valuesOf } from '../type-cases.js';

const modes: readonly (readonly [QueryMode, string])[] = [
  ['simple', 'Results of a simple query'],
  ['text', 'Results of an extended query, in text'],
  ['binary', 'Results of an extended query, in binary'],
];

/** Values of every type, and NULL of each, in every way of asking. */
export const types: readonly Behaviour[] = modes.flatMap(([mode, group]): Behaviour[] => [
  ...typeCases.map(
    (typeCase): Behaviour => ({
      group,
      name: typeCase.name,
      needs: [mode],
      server: 'duckdb',
      observe: (connection, { dialect }) => connection.query(valuesOf(typeCase, dialect), { mode }),
    }),
  ),
  {
    group,
    name: 'NULL of each type',
    needs: [mode],
    server: 'duckdb',
    observe: (connection, { dialect }) => connection.query(nulls(dialect), { mode }),
  },
]);

function nulls(dialect: Dialect): string {
  const columns = typeCases.map(({ fromText }, index) => `${fromText('CAST(NULL AS VARCHAR)', dialect)} AS c${index}`);
  return `SELECT ${columns.join(', ')}`;
}

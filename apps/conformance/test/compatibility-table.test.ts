import { expect, test } from 'vitest';
import type { Behaviour } from '../src/behaviour.js';
import { CompatibilityTable } from '../src/compatibility-table.js';

const [connect, int4]: [Behaviour, Behaviour] = [behaviour('Sessions', 'connect'), behaviour('Types', 'int4')];

function behaviour(group: string, name: string): Behaviour {
  return { group, name, needs: [], server: 'duckdb', observe: async () => undefined };
}

test('a cell without an outcome is empty, and named', () => {
  const table = new CompatibilityTable(['pg', 'psql'], [connect, int4]);
  table.record('pg', connect, 'passed');
  table.record('psql', connect, 'failed');
  table.record('psql', int4, { lacks: 'it cannot' });
  expect(table.empty()).toEqual(['pg: Types: int4']);
});

test('each group is a Markdown table, with the reasons and remarks below', () => {
  const table = new CompatibilityTable(['pg', 'psql', 'pgx'], [connect, int4]);
  table.record('pg', connect, 'passed');
  table.record('pgx', connect, 'passed');
  table.record('pgx', int4, { lacks: 'it never will' });
  table.record('pg', int4, { lacks: 'it cannot' });
  table.record('psql', connect, { absent: 'it is not here' });
  table.record('psql', int4, 'failed');
  expect(table.toMarkdown(['A remark.'])).toBe(`| Sessions | pg  | psql            | pgx |
| -------- | --- | --------------- | --- |
| connect  | ✓   | did not run (1) | ✓   |

| Types | pg    | psql | pgx   |
| ----- | ----- | ---- | ----- |
| int4  | – (2) | ✗    | – (3) |

1. psql: it is not here
2. pg: it cannot
3. pgx: it never will

A remark.
`);
});

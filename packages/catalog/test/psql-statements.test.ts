import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { openShop, type Shop } from './shop.js';

const statements = readFileSync(new URL('psql-statements.sql', import.meta.url), 'utf8')
  .trim()
  .split('\n\n')
  .slice(1);

/** What cannot be the same, by a text in the statement. */
const different: readonly (readonly [text: string, reason: string])[] = [
  ['pg_size_pretty', 'nothing is stored here, so all sizes are 0'],
  ['pg_catalog.pg_database d', 'the oracle has its own databases'],
  ["IN ('r','p','t','s','')", 'tables of TOAST, and the helpers among them'],
  ['pg_catalog.pg_tablespace', 'nothing is stored here, so all sizes are 0'],
  ['pg_catalog.pg_roles r', 'pg_riffq is the superuser, and not shown for its name begins with pg_'],
  ['n.nspacl', 'a source gives no privileges'],
  ['FROM pg_catalog.pg_settings', 'the settings are those of a small PostgreSQL'],
  ['pg_catalog.pg_extension e', 'built-in objects without a fixed OID have other ones'],
  ['SELECT nspname, relname, relkind', 'the oracle has a TOAST table there'],
];

let shop: Shop;
let catalog: Catalog;

beforeAll(async () => {
  shop = await openShop(inject('oracle'));
  catalog = createCatalog({ content: async () => shop.content });
});

afterAll(async () => {
  await catalog?.close();
  await shop?.[Symbol.asyncDispose]();
});

test('psql gets the same columns and rows as from PostgreSQL', async () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const statement of statements) {
    if (different.some(([text]) => statement.includes(text))) continue;
    const theirs = await theirAnswer(statement);
    if (theirs === undefined) continue;
    compared++;
    const ours = await ourAnswer(statement);
    if (ours !== theirs) wrong.push(`${statement}\n${firstDifference(theirs, ours)}`);
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(70);
});

/** Undefined: PostgreSQL 18 does not know a column that psql 15 asks for. */
async function theirAnswer(sql: string): Promise<string | undefined> {
  const query = { text: sql, rowMode: 'array' as const, types: { getTypeParser: () => (value: unknown) => value } };
  try {
    const { fields, rows } = await shop.client.query<unknown[]>(query);
    return answer(
      fields.map(({ name, dataTypeID }) => ({ name, typeOid: dataTypeID })),
      rows,
    );
  } catch {
    return undefined;
  }
}

async function ourAnswer(sql: string): Promise<string> {
  const { user, database } = shop;
  const result = await catalog.query(sql, [], { user, database });
  // Only the superuser's name is another one.
  return answer(result.fields ?? [], result.textRows()).replaceAll('pg_riffq', 'postgres');
}

function answer(fields: readonly { name: string; typeOid: number }[], rows: readonly (readonly unknown[])[]): string {
  const columns = fields.map(({ name, typeOid }) => `${name} ${typeOid}`).join(', ');
  // Not every statement says in which order it wants them.
  return [columns, ...rows.map((row) => JSON.stringify(row)).sort()].join('\n');
}

function firstDifference(theirs: string, ours: string): string {
  const [expected, found] = [theirs.split('\n'), ours.split('\n')];
  return `expected ${expected.find((line) => !found.includes(line))}\nfound    ${found.find((line) => !expected.includes(line))}`;
}

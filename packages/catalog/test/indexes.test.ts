import { afterAll, expect, test } from 'vitest';
import { createCatalog, type IndexContent } from '../src/index.js';
import { contentOf, schemaOf, tableOf } from './made-up-content.js';

const plain = tableOf(30_010, 't', ['a', 'b', 'c']);
const [text, json, unknown] = [25, 114, 999_999];
const table = {
  ...plain,
  columns: plain.columns.map((column, at) => ({ ...column, typeOid: [text, unknown, json][at] ?? text })),
};

function index(oid: number, name: string, columns: readonly number[]): IndexContent {
  return { oid, name, columns, unique: false, primary: false, comment: null };
}

const indexes = [
  index(30_020, 'known', [1]),
  index(30_021, 'both', [1, 2]),
  index(30_022, 'odd', [2]),
  index(30_023, 'j', [3]),
];
const content = contentOf('shop', [schemaOf(30_000, 's', [{ ...table, indexes }])]);
const catalog = createCatalog({ content: async () => content });
afterAll(() => catalog.close());

test('indexes are told whatever the types of their columns are', async () => {
  const sql = `SELECT pg_get_indexdef(indexrelid), array_length(string_to_array(indkey::text, ' '), 1)
    FROM pg_index WHERE indrelid = 's.t'::regclass ORDER BY indexrelid`;
  const result = await catalog.query(sql, [], { user: 'alice', database: 'shop' });
  expect(result.textRows()).toEqual([
    ['CREATE INDEX known ON s.t USING btree (a)', '1'],
    ['CREATE INDEX "both" ON s.t USING btree (a) INCLUDE (b)', '2'],
    ['CREATE INDEX odd ON s.t USING btree () INCLUDE (b)', '1'],
    ['CREATE INDEX j ON s.t USING btree (c text_ops)', '1'],
  ]);
});

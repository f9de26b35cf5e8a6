import { afterAll, expect, test } from 'vitest';
import { createCatalog, LazySource, type RelationRow } from '../src/index.js';

/** What a table may be, one after another: each differs from the one before in rows of other system tables. */
const plain = {
  oid: 30_010,
  reltypeOid: 30_011,
  name: 'a',
  columns: [
    { name: 'x', typeOid: 23, nullable: false },
    { name: 'y', typeOid: 25, nullable: false, default: `'none'` },
  ],
};
const more = { ...plain, columns: [...plain.columns, { name: 'z', typeOid: 1043, typeModifier: 14, nullable: true }] };
const key = { ...more, primaryKey: { columns: ['x'], comment: 'the key' } };
const checked = { ...key, checks: [{ expression: 'x > 0' }, { expression: 'z IS NOT NULL', name: 'z_there' }] };
const steps: readonly (readonly RelationRow[])[] = [
  [plain],
  [more],
  [{ ...more, comment: 'what it is' }],
  [{ ...more, comment: 'what it was' }],
  [key],
  [checked],
  [{ ...checked, checks: [{ expression: 'x > 1' }] }],
  [{ ...checked, indexes: [{ name: 'by_y', columns: ['y', 'z'], comment: 'quick' }] }],
  [{ ...key, columns: [...more.columns, { name: 'n', typeOid: 20, nullable: false, identity: 'always' }] }],
  [{ ...key, name: 'renamed', rowEstimate: 12, ownerOid: 77_777 }],
  [
    {
      ...key,
      columns: [
        { ...more.columns[0]!, default: '1' },
        { ...more.columns[1]!, nullable: true },
      ],
    },
  ],
  [{ ...plain, columns: [more.columns[2]!, ...plain.columns] }],
  [{ ...plain, kind: 'view', definition: 'SELECT 1 AS x' }],
  [{ ...more, kind: 'view', definition: 'SELECT 2 AS x' }],
  [{ ...more, kind: 'materialized_view' }],
  [plain, { ...plain, oid: 30_020, reltypeOid: 30_021, name: 'b', comment: 'another' }],
  [{ ...plain, oid: 30_020, reltypeOid: 30_021, name: 'b', comment: 'another' }],
  [],
];

let now: readonly RelationRow[] = [];
const source = {
  databases: () => [{ oid: 70_000, name: 'shop' }],
  schemas: () => [{ oid: 30_000, name: 's' }],
  relations: () => now,
  columns: () => [],
};
const [changed, made] = [createCatalog(new LazySource(source)), createCatalog(new LazySource(source))];
afterAll(() => Promise.all([changed.close(), made.close()]));

const asking = { user: 'alice', database: 'shop' };

/** Everything that system tables have of the source. */
const everything = `
  SELECT 'class', to_jsonb(t)::text FROM pg_class t WHERE oid >= 16384
  UNION ALL SELECT 'attribute', to_jsonb(t)::text FROM pg_attribute t WHERE attrelid >= 16384
  UNION ALL SELECT 'type', to_jsonb(t)::text FROM pg_type t WHERE oid >= 16384
  UNION ALL SELECT 'index', to_jsonb(t)::text FROM pg_index t WHERE indexrelid >= 16384
  UNION ALL SELECT 'constraint', to_jsonb(t)::text FROM pg_constraint t WHERE oid >= 16384
  UNION ALL SELECT 'default', to_jsonb(t)::text FROM pg_attrdef t WHERE oid >= 16384
  UNION ALL SELECT 'description', to_jsonb(t)::text FROM pg_description t WHERE objoid >= 16384
  UNION ALL SELECT 'dependency', to_jsonb(t)::text FROM pg_depend t WHERE objid >= 16384 AND classid <> 1260
  UNION ALL SELECT 'rule', pg_get_viewdef(ev_class) FROM pg_rewrite WHERE ev_class >= 16384
  UNION ALL SELECT 'sequence', to_jsonb(t)::text FROM pg_sequence t WHERE seqrelid >= 16384
  ORDER BY 1, 2`;

async function rowsOf(catalog: typeof made): Promise<string> {
  const result = await catalog.query(everything, [], asking);
  return result
    .textRows()
    .map((row) => row.join(' '))
    .join('\n');
}

test('after each change of a table its rows are those of a table that has always been so', async () => {
  for (const step of steps) {
    now = [];
    await rowsOf(made);
    now = step;
    const rows = await rowsOf(made);
    expect(rows === '').toBe(step.length === 0);
    expect(await rowsOf(changed)).toBe(rows);
  }
});

test('the constraint of a column that is NOT NULL keeps its OID while other columns come and go', async () => {
  const oid = async (): Promise<unknown> => {
    const sql = `SELECT oid FROM pg_constraint WHERE conname = 'a_y_not_null'`;
    return (await changed.query(sql, [], asking)).textRows();
  };
  now = [plain];
  const before = await oid();
  expect(before).toHaveLength(1);
  for (const columns of [more.columns, plain.columns.slice(1), [more.columns[2]!, ...plain.columns]]) {
    now = [{ ...plain, columns }];
    expect(await oid()).toEqual(before);
  }
});

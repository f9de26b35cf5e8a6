import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog, type DatabaseContent } from '../src/index.js';
import { contentOf, schemaOf, tableOf } from './made-up-content.js';
import { openShop } from './shop.js';

let catalog: Catalog;
let now: DatabaseContent;

beforeAll(() => {
  catalog = createCatalog({ content: async () => now });
});

afterAll(() => catalog.close());

beforeEach(() => {
  now = contentOf('shop');
});

async function ask(sql: string, ...parameters: string[]): Promise<(string | null)[][]> {
  return (await catalog.query(sql, parameters, { user: 'alice', database: 'shop' })).textRows();
}

const columns = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 's'
  ORDER BY table_name, ordinal_position`;

function tables(...given: Parameters<typeof tableOf>[]): DatabaseContent {
  return contentOf('shop', [
    schemaOf(
      30_000,
      's',
      given.map((parts) => tableOf(...parts)),
    ),
  ]);
}

test('a table that comes, changes and goes is seen so by the next statement', async () => {
  now = tables([30_010, 'a', ['x']], [30_020, 'b', ['y', 'z']]);
  expect(await ask(columns)).toEqual([
    ['a', 'x'],
    ['b', 'y'],
    ['b', 'z'],
  ]);
  now = tables([30_010, 'a', ['x', 'new']], [30_030, 'c', ['y']]);
  expect(await ask(columns)).toEqual([
    ['a', 'x'],
    ['a', 'new'],
    ['c', 'y'],
  ]);
  now = tables([30_010, 'renamed', ['x', 'new']]);
  expect(await ask(columns)).toEqual([
    ['renamed', 'x'],
    ['renamed', 'new'],
  ]);
});

test('a name may move to another table, and an OID to another schema', async () => {
  now = tables([30_010, 'a', ['x']], [30_020, 'b', ['y']]);
  await ask(columns);
  now = tables([30_010, 'b', ['x']], [30_020, 'a', ['y']]);
  expect(await ask(columns)).toEqual([
    ['a', 'y'],
    ['b', 'x'],
  ]);
  now = contentOf('shop', [schemaOf(30_001, 'other', [tableOf(30_010, 'a', ['x'])])]);
  expect(await ask(`SELECT 30010::regclass::text, 'other.a'::regclass::oid`)).toEqual([['other.a', '30010']]);
});

test('nothing is left of what went', async () => {
  await using shop = await openShop(inject('oracle'));
  now = { ...shop.content, name: 'shop', databases: [...contentOf('shop').databases, ...shop.content.databases] };
  expect(await ask(`SELECT 'shop.orders'::regclass::text`)).toEqual([['shop.orders']]);
  now = contentOf('shop');
  const left = [
    'class',
    'proc',
    'type',
    'attribute',
    'index',
    'constraint',
    'attrdef',
    'rewrite',
    'sequence',
    'enum',
    'namespace',
  ]
    .map((name) => ({ name, key: keys[name] ?? 'oid' }))
    .map(({ name, key }) => `SELECT '${name}', count(*) FROM pg_${name} WHERE ${key} >= 16384 HAVING count(*) > 0`);
  const more = [
    'description WHERE objoid',
    'depend WHERE classid IN (1259, 2606) AND objid',
    'database WHERE oid > 20001 AND oid',
  ];
  left.push(...more.map((place) => `SELECT '${place}', count(*) FROM pg_${place} >= 16384 HAVING count(*) > 0`));
  expect(await ask(left.join(' UNION ALL '))).toEqual([]);
  expect(await ask(`SELECT oid, nspname FROM pg_namespace WHERE nspname = 'public'`)).toEqual([['2200', 'public']]);
});

const keys: Readonly<Record<string, string>> = {
  attribute: 'attrelid',
  index: 'indexrelid',
  attrdef: 'adrelid',
  sequence: 'seqrelid',
};

test('settings and configuration replace and join the built-in ones', async () => {
  now = {
    ...contentOf('shop'),
    settings: [
      { name: 'work_mem', setting: '1' },
      { name: 'shop.open', setting: 'yes' },
    ],
    config: [{ name: 'VERSION', setting: 'mine' }],
  };
  const sql = `SELECT name, setting, unit FROM pg_settings WHERE name IN ('work_mem', 'shop.open') ORDER BY name`;
  expect(await ask(sql)).toEqual([
    ['shop.open', 'yes', null],
    ['work_mem', '1', null],
  ]);
  expect(await ask(`SELECT setting FROM pg_config WHERE name = 'VERSION'`)).toEqual([['mine']]);
  now = contentOf('shop');
  expect(await ask(sql)).toEqual([['work_mem', expect.stringMatching(/^\d\d+$/), 'kB']]);
});

test('an OID that a built-in object has is an error that names it, and leaves what was there', async () => {
  now = tables([30_010, 'a', ['x']]);
  await ask(columns);
  now = tables([1259, 'mine', ['x']]);
  await expect(ask(columns)).rejects.toMatchObject({
    sqlstate: '42710',
    message: 'OID 1259 of relation "s.mine" belongs to the built-in relation pg_catalog.pg_class',
  });
  now = tables([30_010, 'a', ['x']]);
  expect(await ask(columns)).toEqual([['a', 'x']]);
});

test('a content that PostgreSQL refuses leaves what was there', async () => {
  now = tables([30_010, 'a', ['x']]);
  await ask(columns);
  now = tables([30_010, 'a', ['x']], [30_020, 'a', ['y']]);
  await expect(ask(columns)).rejects.toMatchObject({ sqlstate: '23505' });
  now = tables([30_010, 'a', ['x']], [30_040, 'z', ['y']]);
  expect(await ask(columns)).toEqual([
    ['a', 'x'],
    ['z', 'y'],
  ]);
});

test('the source may give public an OID of its own', async () => {
  now = contentOf('shop', [schemaOf(31_000, 'public', [tableOf(31_010, 'users', ['name'])])]);
  expect(await ask(`SELECT 'users'::regclass::oid, 'public'::regnamespace::oid`)).toEqual([['31010', '31000']]);
});

test('every database is listed, each engine is its own, and OIDs are as the source says', async () => {
  now = contentOf('shop');
  expect(await ask('SELECT oid, datname, datname = current_database() FROM pg_database ORDER BY oid')).toEqual([
    ['20000', 'shop', 't'],
    ['20001', 'other', 'f'],
  ]);
});

test('owners that a source knows by OID alone are roles, and their objects are shown', async () => {
  const owned = { ...tableOf(30_010, 'a', ['x']), owner: 77_777 };
  now = contentOf('shop', [schemaOf(30_000, 's', [owned])]);
  expect(await ask(columns)).toEqual([['a', 'x']]);
  expect(await ask(`SELECT tableowner FROM pg_tables WHERE tablename = 'a'`)).toEqual([['unknown (OID=77777)']]);
});

test('an owner may have the OID that a client has had as a role', async () => {
  await ask(columns);
  const [[oid] = []] = await ask(`SELECT oid FROM pg_roles WHERE rolname = 'alice'`);
  const owned = { ...tableOf(30_010, 'a', ['x']), owner: Number(oid) };
  now = contentOf('shop', [schemaOf(30_000, 's', [owned])]);
  expect(await ask(columns)).toEqual([['a', 'x']]);
  expect(await ask(`SELECT tableowner, current_user FROM pg_tables WHERE tablename = 'a'`)).toEqual([
    [`unknown (OID=${oid})`, 'alice'],
  ]);
  expect(await ask(`SELECT count(*) FROM pg_roles WHERE oid = ${oid} OR rolname = 'alice'`)).toEqual([['2']]);
});

test('what is written takes no OID that PostgreSQL has given to a client', async () => {
  await ask(columns);
  for (let owner = 50_000; owner < 50_120; owner += 1) {
    now = contentOf('shop', [schemaOf(30_000, 's', [{ ...tableOf(30_010, 'a', ['x']), owner }])]);
    expect(await ask(columns)).toEqual([['a', 'x']]);
  }
});

test('a column may have the name of one that PostgreSQL keeps for itself', async () => {
  now = tables([30_010, 'a', ['x', 'ctid', 'xmin']], [30_020, 'b', ['y']]);
  const numbers = `SELECT attname, attnum FROM pg_attribute WHERE attrelid = 30010 ORDER BY attnum`;
  expect(await ask(numbers)).toEqual([
    ['tableoid', '-6'],
    ['cmax', '-5'],
    ['xmax', '-4'],
    ['cmin', '-3'],
    ['x', '1'],
    ['ctid', '2'],
    ['xmin', '3'],
  ]);
});

test('a default that takes values from a sequence depends on it, as long as there are both', async () => {
  const withDefault = (expression: string): DatabaseContent => {
    const table = { ...tableOf(30_010, 'a', ['x']), defaultOids: [30_020] };
    const described = table.columns.map((column) => ({ ...column, default: expression }));
    const limits = { start: 1n, increment: 1n, minimum: 1n, maximum: 9n, cycle: false, ownedBy: null };
    const sequences = [{ oid: 30_050, name: 'My seq', typeOid: 20, ...limits }];
    return contentOf('shop', [{ ...schemaOf(30_000, 's', [{ ...table, columns: described }]), sequences }]);
  };
  const dependent = `SELECT adnum, refobjid::regclass FROM pg_depend
    JOIN pg_attrdef ON classid = 'pg_attrdef'::regclass AND objid = pg_attrdef.oid`;
  const orphans = `SELECT count(*) FROM pg_depend
    WHERE classid = 'pg_attrdef'::regclass AND objid NOT IN (SELECT oid FROM pg_attrdef) AND refobjid > 16384`;
  now = withDefault(`nextval('s."My seq"'::regclass)`);
  expect(await ask(dependent)).toEqual([['1', 's."My seq"']]);
  now = withDefault(`nextval('"My seq"')`);
  expect(await ask(dependent)).toEqual([['1', 's."My seq"']]);
  for (const expression of [`nextval('other.seq')`, '1']) {
    now = withDefault(expression);
    expect(await ask(dependent)).toEqual([]);
    expect(await ask(orphans)).toEqual([['0']]);
  }
});

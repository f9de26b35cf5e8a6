import { describe, expect, test } from 'vitest';
import { CatalogRegistry, createCatalog } from '../../src/index.js';
import { askOracle } from '../oracle.js';
import { untyped } from '../source/sources.js';

const refused = (message: string) => expect.objectContaining({ code: 'RIFFQ_ERR_CATALOG_REGISTRATION', message });

function registered(): CatalogRegistry {
  const registry = new CatalogRegistry();
  registry.registerDatabase('shop');
  registry.registerSchema('shop', 'sales');
  return registry;
}

const id = { name: 'id', type: 'int', nullable: false };

describe('registering', () => {
  test('databases, schemas and tables, in both forms of columns', async () => {
    const registry = registered();
    registry.registerTable('shop', 'sales', 'orders', [
      id,
      { placed: { type: 'datetime', nullable: true } },
      { name: { type: 'numeric(10,2)', nullable: true } },
    ]);
    const content = await registry.content('shop');
    expect(content).toMatchObject({
      name: 'shop',
      databases: [{ name: 'shop', owner: null }],
      schemas: [
        { name: 'public', relations: [] },
        {
          name: 'sales',
          relations: [
            {
              name: 'orders',
              kind: 'table',
              columns: [
                { name: 'id', typeOid: 20, typeModifier: -1, nullable: false },
                { name: 'placed', typeOid: 1114, typeModifier: -1, nullable: true },
                { name: 'name', typeOid: 1700, typeModifier: 655_366, nullable: true },
              ],
            },
          ],
        },
      ],
    });
  });

  test('the same again changes nothing', async () => {
    const registry = registered();
    registry.registerTable('shop', 'sales', 'orders', [id]);
    const before = await registry.content('shop');
    registry.registerDatabase('shop');
    registry.registerSchema('shop', 'sales');
    registry.registerTable('shop', 'sales', 'orders', []);
    expect(await registry.content('shop')).toEqual(before);
  });

  test('one database more shows in all of them', async () => {
    const registry = registered();
    expect((await registry.content('shop')).databases).toHaveLength(1);
    registry.registerDatabase('archive');
    expect((await registry.content('shop')).databases.map(({ name }) => name)).toEqual(['archive', 'shop']);
    expect(await registry.databases()).toEqual((await registry.content('archive')).databases);
  });

  test('what has not changed is the very same content', async () => {
    const registry = registered();
    expect(await registry.content('shop')).toBe(await registry.content('shop'));
  });

  test('an unknown database is FATAL 3D000 for the client', async () => {
    await expect(registered().content('nope')).rejects.toMatchObject({ severity: 'FATAL', sqlstate: '3D000' });
  });
});

describe('OIDs', () => {
  const tables = ['orders', 'customers', 'items', 'stores'];

  async function oidsOf(order: readonly string[]): Promise<readonly number[]> {
    const registry = new CatalogRegistry();
    for (const database of ['shop', 'archive', ...order]) registry.registerDatabase(database);
    for (const table of order) {
      registry.registerTable('shop', 'public', table, [id], { primaryKey: ['id'], checks: ['id > 0'] });
    }
    const { databases, schemas } = await registry.content('shop');
    const relations = schemas.flatMap((schema) => schema.relations);
    const objects = [
      ...databases,
      ...schemas,
      ...relations,
      ...relations.flatMap((each) => [...each.indexes, ...each.constraints]),
    ];
    return [...objects.map(({ oid }) => oid), ...relations.map(({ typeOid }) => typeOid)];
  }

  test('are the same whatever the order of calls, unlike each other, and users’', async () => {
    const oids = await oidsOf(tables);
    expect(await oidsOf([...tables].reverse())).toEqual(oids);
    expect(new Set(oids).size).toBe(oids.length);
    expect(Math.min(...oids)).toBeGreaterThanOrEqual(16_384);
  });

  test('do not change when other tables come and go', async () => {
    const few = new CatalogRegistry();
    few.registerDatabase('shop');
    few.registerTable('shop', 'public', 'orders', [id]);
    const alone = (await few.content('shop')).schemas[0]?.relations[0]?.oid;
    for (let at = 0; at < 100; at += 1) few.registerTable('shop', 'public', `t${at}`, [id]);
    const among = (await few.content('shop')).schemas[0]?.relations.find(({ name }) => name === 'orders')?.oid;
    expect(among).toBe(alone);
  });
});

test('more may be known of a table, a column and a schema', async () => {
  const registry = registered();
  registry.registerSchema('shop', 'sales', {
    comment: 'what is sold',
    enums: [{ name: 'state', labels: ['open', 'paid'] }],
    domains: [
      { name: 'final_state', type: 'state', nullable: false },
      { name: 'code', type: 'varchar(20)' },
    ],
    sequences: [{ name: 'order_ids', ownedBy: { relation: 'orders', column: 'id' } }],
  });
  registry.registerTable(
    'shop',
    'sales',
    'orders',
    [
      { ...id, identity: 'always' },
      { state: { type: 'state', nullable: false, default: "'open'" } },
      { history: { type: 'sales.state[]', nullable: true, comment: 'all of them' } },
      { name: 'code', type: 'code', nullable: true },
    ],
    {
      comment: 'the orders',
      primaryKey: ['id'],
      foreignKeys: [{ columns: ['code'], references: { schema: 'public', relation: 'codes' } }],
      rowEstimate: 1_000_000,
    },
  );
  registry.registerTable('shop', 'public', 'codes', [{ code: { type: 'sales.code', nullable: false } }], {
    primaryKey: ['code'],
  });
  registry.registerTable('shop', 'sales', 'totals', [id], { kind: 'view', definition: 'SELECT 1 AS id' });
  const [lookup, sales] = (await registry.content('shop')).schemas;
  const [state] = sales?.enums ?? [];
  const [code, final] = sales?.domains ?? [];
  expect(sales).toMatchObject({
    comment: 'what is sold',
    enums: [{ name: 'state', labels: ['open', 'paid'] }],
    domains: [
      { name: 'code', baseTypeOid: 1043, typeModifier: 24, nullable: true },
      { name: 'final_state', baseTypeOid: state?.oid, typeModifier: -1, nullable: false },
    ],
    sequences: [{ name: 'order_ids', ownedBy: { relationOid: sales?.relations[0]?.oid, column: 1 } }],
    relations: [
      {
        comment: 'the orders',
        rowEstimate: 1_000_000,
        columns: [
          { name: 'id', identity: 'always' },
          { name: 'state', typeOid: state?.oid, default: "'open'" },
          { name: 'history', typeOid: state?.array.oid, comment: 'all of them' },
          { name: 'code', typeOid: code?.oid },
        ],
        constraints: [
          { kind: 'primaryKey', columns: [1] },
          {
            kind: 'foreignKey',
            columns: [4],
            referencedRelationOid: lookup?.relations[0]?.oid,
            referencedColumns: [1],
          },
        ],
      },
      { name: 'totals', kind: 'view', definition: 'SELECT 1 AS id' },
    ],
  });
  expect(final?.name).toBe('final_state');
  expect(lookup?.relations[0]?.columns[0]?.typeOid).toBe(code?.oid);
});

describe('what is wrong is said at the call', () => {
  test('an unknown database or schema, with what to call first', () => {
    const registry = registered();
    const noDatabase = 'database "nope" has not been registered: call registerDatabase first';
    expect(() => registry.registerSchema('nope', 'public')).toThrow(refused(noDatabase));
    expect(() => registry.registerTable('nope', 'public', 't', [])).toThrow(refused(noDatabase));
    expect(() => registry.registerTable('shop', 'nope', 't', [])).toThrow(
      refused('schema "nope" has not been registered: call registerSchema first'),
    );
  });

  test.each<[string, unknown, string]>([
    ['a column of two keys', { a: {}, b: {} }, 'each column must be a single-key object'],
    ['a column of no key', {}, 'each column must be a single-key object'],
    ['null', null, 'each column must be a single-key object'],
    ['a text', 'id', 'each column must be a single-key object'],
    ['a column without type', { id: { nullable: true } }, 'column "id" is missing type'],
    ['a column without nullable', { id: { type: 'int' } }, 'column "id" is missing nullable'],
    ['a nullable that is no boolean', { id: { type: 'int', nullable: 1 } }, 'column "id" is missing nullable'],
    ['a type that is no text', { id: { type: 5, nullable: true } }, 'column "id" is missing type'],
    ['a column described by a text', { id: 'int' }, 'column "id" is not described'],
    ['a named column without type', { name: 'id', nullable: true }, 'column "id" is missing type'],
    ['an unknown type', { id: { type: 'mood', nullable: true } }, 'type "mood" does not exist'],
    ['a type of an unknown schema', { id: { type: 'x.text', nullable: true } }, 'type "x.text" does not exist'],
    [
      'a wrong modifier',
      { id: { type: 'numeric(0)', nullable: true } },
      'NUMERIC precision 0 must be between 1 and 1000',
    ],
    [
      'an unknown identity',
      { id: { type: 'int', nullable: true, identity: 'no' } },
      `the description given to registerTable(): field 'identity' must be one of always, byDefault, not "no"`,
    ],
  ])('%s', (_, column, problem) => {
    expect(() => registered().registerTable('shop', 'public', 'orders', untyped([column]))).toThrow(
      refused(`table "orders": ${problem}`),
    );
  });

  test('a column twice', () => {
    const columns = [id, { id: { type: 'str', nullable: true } }];
    expect(() => registered().registerTable('shop', 'public', 'orders', columns)).toThrow(
      refused('table "orders": column "id" is given twice'),
    );
  });

  test('what has the name of something else once both are cut', () => {
    const [once, twice] = ['a', 'b'].map((end) => `${'n'.repeat(63)}${end}`);
    if (once === undefined || twice === undefined) throw new Error('no names');
    const both = `"${once}" and "${twice}" have the first 63 bytes in common, and PostgreSQL keeps no more of a name.`;
    const registry = registered();
    const columns = [once, twice].map((name) => ({ name, type: 'int', nullable: true }));
    expect(() => registry.registerTable('shop', 'public', 'orders', columns)).toThrow(
      refused(`table "orders": two columns are one: ${both}`),
    );
    registry.registerTable('shop', 'public', once, [id]);
    registry.registerTable('shop', 'public', once, [id]);
    expect(() => registry.registerTable('shop', 'public', twice, [id])).toThrow(refused(`two tables are one: ${both}`));
    registry.registerSchema('shop', once);
    expect(() => registry.registerSchema('shop', twice)).toThrow(refused(`two schemas are one: ${both}`));
  });

  test('a key that names a column twice', () => {
    expect(() => registered().registerTable('shop', 'public', 'orders', [id], { primaryKey: ['id', 'id'] })).toThrow(
      refused('table "orders": column "id" appears twice in a key of relation "orders"'),
    );
  });

  test('a key over no column of the table', () => {
    expect(() => registered().registerTable('shop', 'public', 'orders', [id], { primaryKey: ['nope'] })).toThrow(
      refused('table "orders": unknown column "nope" in a key, index or check of relation "orders"'),
    );
  });

  test('an enum without labels', () => {
    expect(() => registered().registerSchema('shop', 'sales', untyped({ enums: [{ name: 'mood' }] }))).toThrow(
      refused(`schema "sales": the description given to registerSchema() is missing required field 'labels'`),
    );
  });

  test('and nothing of it is registered', async () => {
    const registry = registered();
    const before = await registry.content('shop');
    expect(() => registry.registerSchema('shop', 'more', { domains: [{ name: 'd', type: 'nope' }] })).toThrow(
      refused('schema "more": type "nope" does not exist'),
    );
    expect(await registry.content('shop')).toBe(before);
  });
});

test.each([
  ['NUL', 'a\0b'],
  ['half a surrogate pair', 'a\ud800'],
  ['null', null],
  ['a number', 5],
])('%s is in no name, and is refused at the call', (_, name) => {
  const registry = new CatalogRegistry();
  registry.registerDatabase('shop');
  // As a program without types calls it.
  const given: string = JSON.parse(JSON.stringify(name));
  for (const call of [
    () => registry.registerDatabase(given),
    () => registry.registerSchema('shop', given),
    () => registry.registerTable('shop', 'public', given, [id]),
  ]) {
    expect(call).toThrow(
      /^the name of a (database|schema|table) must be a text of well-formed Unicode without NUL, not /,
    );
  }
});

test('built-in types without a keyword are found by their names, with their arrays', async () => {
  const names = [
    'pg_catalog.pg_class',
    'pg_class',
    'information_schema.sql_identifier',
    'information_schema.yes_or_no[]',
    'pg_class[][]',
  ];
  const registry = new CatalogRegistry();
  registry.registerDatabase('shop');
  registry.registerTable(
    'shop',
    'public',
    't',
    names.map((type, at) => ({ name: `c${at}`, type, nullable: true })),
  );
  await using catalog = createCatalog(registry);
  const sql = `SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0`;
  const told = await catalog.query(sql, [], { user: 'alice', database: 'shop' });
  const formatted = await askOracle(
    `SELECT format_type(t::regtype, -1) AS name FROM unnest(ARRAY['${names.join("','")}']) t`,
  );
  expect(told.textRows().flat()).toEqual(formatted.map(({ name }) => name));
  for (const type of ['pg_catalog.nope', 'information_schema.pg_class', 'sql_identifier']) {
    expect(() => registry.registerTable('shop', 'public', 'u', [{ name: 'a', type, nullable: true }])).toThrow(
      `type "${type}" does not exist`,
    );
  }
});

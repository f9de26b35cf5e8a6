import { afterAll, describe, expect, test } from 'vitest';
import { CatalogRegistry, createCatalog, type LazyCatalogSource, LazySource } from '../src/index.js';
import { askOracle } from './oracle.js';
import { sourceOf } from './source/sources.js';

const id = { name: 'id', type: 'integer', nullable: false };

describe('what was registered', () => {
  const registry = new CatalogRegistry();
  registry.registerDatabase('shop');
  registry.registerDatabase('archive');
  registry.registerSchema('shop', 'sales', {
    enums: [{ name: 'mood', labels: ['sad', 'happy'] }],
    domains: [{ name: 'code', type: 'varchar(20)' }],
    sequences: [{ name: 'order_ids', ownedBy: { relation: 'orders', column: 'id' } }],
  });
  registry.registerTable('shop', 'sales', 'customers', [id, { name: 'email', type: 'varchar(100)', nullable: true }], {
    primaryKey: ['id'],
    unique: [['email']],
  });
  registry.registerTable(
    'shop',
    'sales',
    'orders',
    [
      id,
      { customer_id: { type: 'integer', nullable: false } },
      { price: { type: 'numeric(10,2)', nullable: true, default: '0' } },
      { moods: { type: 'mood[]', nullable: true } },
      { code: { type: 'code', nullable: true } },
      { spent: { type: 'interval day to second(3)', nullable: true } },
    ],
    {
      primaryKey: ['id'],
      foreignKeys: [{ columns: ['customer_id'], references: { relation: 'customers' }, onDelete: 'cascade' }],
      checks: ['price > 0'],
    },
  );
  const catalog = createCatalog(registry);
  const ask = async (sql: string) => (await catalog.query(sql, [], { user: 'alice', database: 'shop' })).textRows();
  afterAll(() => catalog.close());

  test('is seen by PostgreSQL with its types', async () => {
    const rows = await ask(`select attname, format_type(atttypid, atttypmod) from pg_attribute
      where attrelid = 'sales.orders'::regclass and attnum > 0 order by attnum`);
    expect(rows).toEqual([
      ['id', 'integer'],
      ['customer_id', 'integer'],
      ['price', 'numeric(10,2)'],
      ['moods', 'sales.mood[]'],
      ['code', 'sales.code'],
      ['spent', 'interval day to second(3)'],
    ]);
  });

  test('has arrays of as many dimensions as were declared, as in PostgreSQL', async () => {
    const types = [
      'int',
      'int[]',
      'int[3]',
      'int[][]',
      'text[2][3][]',
      'int array',
      'int array[4]',
      'numeric(5,2)[][]',
    ];
    const arrays = new CatalogRegistry();
    arrays.registerDatabase('shop');
    arrays.registerTable(
      'shop',
      'public',
      'arrays',
      types.map((type, at) => ({ name: `c${at}`, type, nullable: true })),
      { indexes: [{ columns: ['c3'] }] },
    );
    await using small = createCatalog(arrays);
    const sql = `select attname, attndims, attname ~ '^c' as plain from pg_attribute a join pg_class c on c.oid = attrelid
      where relname in ('arrays', 'arrays_c3_idx') and attnum > 0 order by relname, attnum`;
    const expected = await askOracle(
      `create temporary table arrays (${types.map((type, at) => `c${at} ${type}`).join(', ')}); create index on arrays (c3); ${sql}`,
    );
    const rows = (await small.query(sql, [], { user: 'alice', database: 'shop' })).textRows();
    expect(rows).toEqual(expected.map(({ attname, attndims }) => [attname, String(attndims), 't']));
  });

  test('has its keys and checks, under the names that PostgreSQL would have given', async () => {
    const rows = await ask(`select conname, pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'sales'::regnamespace order by conname`);
    expect(rows).toEqual([
      ['customers_email_key', 'UNIQUE (email)'],
      ['customers_id_not_null', 'NOT NULL id'],
      ['customers_pkey', 'PRIMARY KEY (id)'],
      ['orders_customer_id_fkey', 'FOREIGN KEY (customer_id) REFERENCES sales.customers(id) ON DELETE CASCADE'],
      ['orders_customer_id_not_null', 'NOT NULL customer_id'],
      ['orders_id_not_null', 'NOT NULL id'],
      ['orders_pkey', 'PRIMARY KEY (id)'],
      ['orders_price_check', 'CHECK ((price > 0))'],
    ]);
  });

  test.each(['select * from sales.orders', 'table sales.orders', 'select last_value from sales.order_ids'])(
    'has no rows there: %s',
    async (sql) => {
      await expect(ask(sql)).rejects.toMatchObject({
        sqlstate: '0A000',
        fields: { hint: 'Query the tables where they are, and here pg_catalog and information_schema.' },
      });
    },
  );

  test('has sequences that belong to columns, and databases beside it', async () => {
    expect(await ask(`select pg_get_serial_sequence('sales.orders', 'id')`)).toEqual([['sales.order_ids']]);
    expect(await ask('select datname from pg_database order by 1')).toEqual([['archive'], ['shop']]);
  });
});

test('OIDs are the same in whatever order things were registered', async () => {
  const orders = { name: 'total', type: 'int', nullable: true, default: '5' };
  const steps: readonly ((registry: CatalogRegistry) => void)[] = [
    (registry) => registry.registerTable('shop', 'public', 'orders', [id, orders, { ...orders, name: 'rest' }]),
    (registry) => registry.registerTable('shop', 'public', 'customers', [{ ...id, default: '1' }]),
    (registry) => registry.registerSchema('shop', 'public', { enums: [{ name: 'mood', labels: ['sad', 'happy'] }] }),
    (registry) => registry.registerSchema('shop', 'public', { enums: [{ name: 'none', labels: [] }] }),
  ];
  const oids = async (inOrder: typeof steps) => {
    const registry = new CatalogRegistry();
    registry.registerDatabase('shop');
    await using catalog = createCatalog(registry);
    // What is there before the engine starts, and what comes after.
    for (const [at, step] of inOrder.entries()) {
      step(registry);
      if (at === 1) await catalog.warm('shop');
    }
    const sql = `select 'default ' || adrelid::regclass || adnum, oid from pg_attrdef union all
      select 'label ' || enumlabel, oid from pg_enum order by 1`;
    return (await catalog.query(sql, [], { user: 'alice', database: 'shop' })).textRows();
  };
  const rows = await oids(steps);
  expect(rows.map(([name]) => name)).toEqual([
    'default customers1',
    'default orders2',
    'default orders3',
    'label happy',
    'label sad',
  ]);
  for (const [, oid] of rows) expect(Number(oid)).toBeGreaterThanOrEqual(16384);
  expect(await oids([...steps].reverse())).toEqual(rows);
});

describe('a live source', () => {
  const relations = [{ oid: 70_002, reltypeOid: 70_003, name: 'orders' }];
  let more: Partial<LazyCatalogSource> = {};
  const source = sourceOf({
    relations: () => relations,
    columns: (...rest) => more.columns?.(...rest) ?? [{ name: 'id', typeOid: 20, nullable: false }],
  });
  const catalog = createCatalog(new LazySource(source));
  const tables = async () => {
    const sql = `select c.oid, relname from pg_class c where relnamespace = 'public'::regnamespace order by 1`;
    return (await catalog.query(sql, [], { user: 'alice', database: 'shop' })).textRows();
  };
  afterAll(() => catalog.close());

  test('shows what it has at the time of the query, by its OIDs', async () => {
    expect(await tables()).toEqual([['70002', 'orders']]);
    relations.push({ oid: 4_000_000_000, reltypeOid: 4_000_000_001, name: 'new' });
    expect(await tables()).toEqual([
      ['70002', 'orders'],
      ['4000000000', 'new'],
    ]);
    relations.splice(0, 1);
    expect(await tables()).toEqual([['4000000000', 'new']]);
  });

  test('may have an index over one column twice, and a database with a long name', async () => {
    const name = 'long '.repeat(20);
    const indexes = [{ name: 'twice', columns: ['id', 'id'] }];
    const odd = createCatalog(
      new LazySource(
        sourceOf({ databases: () => [{ oid: 70_000, name }], relations: () => [{ ...relations[0]!, indexes }] }),
      ),
    );
    try {
      const sql = `select current_database(), attname from pg_attribute where attrelid = 'twice'::regclass order by attnum`;
      const answer = await odd.query(sql, [], { user: 'alice', database: name });
      expect(answer.textRows()).toEqual(['id', 'id1'].map((column) => [name.slice(0, 63), column]));
    } finally {
      await odd.close();
    }
  });

  test('that fails spoils one query, not the next', async () => {
    more = {
      columns: () => {
        throw new TypeError('boom');
      },
    };
    await expect(tables()).rejects.toMatchObject({
      sqlstate: 'XX000',
      message: 'lazy catalog source error: TypeError: boom',
    });
    more = {};
    expect(await tables()).toEqual([['4000000000', 'new']]);
  });
});

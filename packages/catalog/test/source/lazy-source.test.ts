import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type LazyCatalogSource, LazySource, stableOid } from '../../src/index.js';
import { contentOf, sourceOf } from './sources.js';

const signal = new AbortController().signal;

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const columns = [{ name: 'id', typeOid: 23, nullable: false }];
const forms: readonly [string, LazyCatalogSource['columns']][] = [
  ['a list', () => columns],
  ['an iterable', () => new Set(columns)],
  ['a promise of a list', async () => columns],
  ['an async iterable', () => each(columns)],
  ['a promise of an async iterable', async () => each(columns)],
  ['a callback within the call', (_database, _schema, _relation, callback) => callback(columns)],
  [
    'a callback after the call',
    (_database, _schema, _relation, callback) => void setImmediate(() => callback(columns)),
  ],
  [
    'a callback within a promise',
    async (_database, _schema, _relation, callback) => {
      await Promise.resolve();
      callback(columns);
    },
  ],
  [
    'a callback long after its promise',
    async (_database, _schema, _relation, callback) => void setImmediate(() => setImmediate(() => callback(columns))),
  ],
  ['a callback that rest parameters hold', (...rest) => void setImmediate(() => rest[3](columns))],
  ['a callback with an async iterable', (_database, _schema, _relation, callback) => callback(each(columns))],
];

describe('a method answers by', () => {
  test.each(forms)('%s', async (_, method) => {
    const content = await contentOf({ columns: method });
    expect(content.schemas[0]?.relations[0]?.columns).toMatchObject([{ name: 'id', typeOid: 23, nullable: false }]);
  });

  test('a list with arrays that were declared with more than one dimension', async () => {
    const dimensions = [null, 1, 2, 6];
    const content = await contentOf({
      columns: () =>
        dimensions.map((count, at) => ({ name: `c${at}`, typeOid: 1007, nullable: true, dimensions: count })),
    });
    const columnsOf = content.schemas[0]?.relations[0]?.columns;
    expect(columnsOf?.map((column) => column.dimensions)).toEqual([undefined, undefined, 2, 6]);
  });

  test('nothing, when its promise settles without rows', async () => {
    const content = await contentOf({ columns: async () => undefined });
    expect(content.schemas[0]?.relations[0]?.columns).toEqual([]);
  });

  const nothing: readonly [string, LazyCatalogSource['columns']][] = [
    ['undefined, without a callback to call', () => undefined],
    ['a promise of undefined, without a callback to call', () => Promise.resolve(undefined)],
    ['null', (_database, _schema, _relation, _callback) => null],
    ['a promise of null', async (_database, _schema, _relation, _callback) => null],
  ];
  test.each(nothing)('nothing, at once, when it returns %s', async (_, method) => {
    const content = await contentOf({ columns: method });
    expect(content.schemas[0]?.relations[0]?.columns).toEqual([]);
  });

  const dropping: readonly [string, LazyCatalogSource['columns']][] = [
    ['has dropped its callback', (_database, _schema, _relation, _callback) => undefined],
    ['has dropped its callback and promised nothing', async (_database, _schema, _relation, _callback) => undefined],
  ];
  test.each(dropping)('nothing, when it %s', async (_, method) => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    let answered = false;
    const content = contentOf({ columns: method }).finally(() => {
      answered = true;
    });
    while (!answered) {
      collectGarbage();
      await nextTurn();
    }
    expect((await content).schemas[0]?.relations[0]?.columns).toEqual([]);
  });

  test('the first of several deliveries', async () => {
    const content = await contentOf({
      columns: (_database, _schema, _relation, callback) => {
        callback(columns);
        callback([]);
        return [];
      },
    });
    expect(content.schemas[0]?.relations[0]?.columns).toHaveLength(1);
  });
});

describe('what the source says', () => {
  test('is all there, OIDs as they were given', async () => {
    expect(
      await contentOf({
        databases: () => [
          { oid: 4_294_967_295, name: 'shop', datdba: 70_009 },
          { oid: 70_010, name: 'other' },
        ],
      }),
    ).toEqual({
      name: 'shop',
      databases: [
        { oid: 4_294_967_295, name: 'shop', owner: 70_009 },
        { oid: 70_010, name: 'other', owner: null },
      ],
      config: [],
      settings: [],
      schemas: [
        {
          oid: 70_001,
          name: 'public',
          owner: null,
          comment: null,
          enums: [],
          domains: [],
          sequences: [],
          relations: [
            {
              oid: 70_002,
              typeOid: 70_003,
              array: { oid: stableOid('array', 'shop', 'public', 'orders'), name: '_orders' },
              name: 'orders',
              kind: 'table',
              owner: null,
              comment: null,
              hasIndex: undefined,
              hasRules: false,
              hasTriggers: false,
              rowSecurity: false,
              rowEstimate: null,
              definition: null,
              defaultOids: [],
              notNullOids: [2_000_016_384 + (stableOid('not null', 'shop', 'public', 'orders', 'id') % 147_467_264)],
              indexes: [],
              constraints: [],
              sequences: [],
              columns: [
                {
                  name: 'id',
                  typeOid: 20,
                  typeModifier: -1,
                  nullable: false,
                  default: null,
                  generated: false,
                  identity: null,
                  comment: null,
                },
                {
                  name: 'price',
                  typeOid: 1700,
                  typeModifier: 655_366,
                  nullable: true,
                  default: null,
                  generated: false,
                  identity: null,
                  comment: null,
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('may be in the spelling of Python, None and all', async () => {
    const content = await contentOf({
      schemas: () => [{ oid: 70_001, name: 'public', owner_oid: 70_020 }],
      relations: () => [
        {
          oid: 70_002,
          reltype_oid: 70_003,
          name: 'totals',
          kind: 'materialized_view',
          owner_oid: null,
          has_index: true,
          has_rules: true,
          has_triggers: true,
          row_security: true,
        },
      ],
      columns: () => [{ name: 'id', type_oid: 20, nullable: false }],
    });
    expect(content.schemas[0]).toMatchObject({
      owner: 70_020,
      relations: [
        {
          kind: 'materializedView',
          owner: null,
          hasIndex: true,
          hasRules: true,
          hasTriggers: true,
          rowSecurity: true,
          columns: [{ name: 'id', typeOid: 20 }],
        },
      ],
    });
  });

  test.each([
    ['table', 'table'],
    ['view', 'view'],
    ['materialized_view', 'materializedView'],
    ['matview', 'materializedView'],
  ] as const)('may be a %s', async (kind, expected) => {
    const content = await contentOf({ relations: () => [{ oid: 70_002, reltypeOid: 70_003, name: 'orders', kind }] });
    expect(content.schemas[0]?.relations[0]?.kind).toBe(expected);
  });

  test('may be settings and build options', async () => {
    const content = await contentOf({
      config: (callback) => callback([{ name: 'VERSION', setting: 'riffq' }]),
      settings: async () => [{ name: 'work_mem', setting: '1' }],
    });
    expect(content).toMatchObject({
      config: [{ name: 'VERSION', setting: 'riffq' }],
      settings: [{ name: 'work_mem', setting: '1' }],
    });
  });

  test('is asked for in the database that the client is in, and nowhere else', async () => {
    const asked: string[] = [];
    await contentOf({
      databases: () => [
        { oid: 70_000, name: 'shop' },
        { oid: 70_010, name: 'other' },
      ],
      schemas: (database) => {
        asked.push(database);
        return [];
      },
    });
    expect(asked).toEqual(['shop']);
  });
});

test('columns that came with their relation are not asked for', async () => {
  const content = await contentOf({
    relations: () => [
      { oid: 70_002, reltypeOid: 70_003, name: 'orders', columns },
      { oid: 70_004, reltypeOid: 70_005, name: 'empty', columns: [] },
      { oid: 70_006, reltypeOid: 70_007, name: 'other' },
    ],
    columns: (_database, _schema, relation) => [{ name: `of_${relation}`, typeOid: 25, nullable: true }],
  });
  const named = content.schemas[0]?.relations.map(({ name, columns: own }) => [name, own.map((column) => column.name)]);
  expect(named).toEqual([
    ['empty', []],
    ['orders', ['id']],
    ['other', ['of_other']],
  ]);
});

test.each(['databases', 'schemas', 'relations', 'columns'])('a source without %s is refused', (method) => {
  const incomplete = Object.defineProperty(sourceOf(), method, { value: undefined });
  expect(() => new LazySource(incomplete)).toThrow(
    expect.objectContaining({
      code: 'RIFFQ_ERR_CATALOG_REGISTRATION',
      message: `the catalog source has no method "${method}"`,
    }),
  );
});

test('a database that is not there is FATAL 3D000 and says which are', async () => {
  await expect(new LazySource(sourceOf()).content('nope', signal)).rejects.toMatchObject({
    severity: 'FATAL',
    sqlstate: '3D000',
    message: 'database "nope" does not exist',
    fields: { hint: 'available databases: shop' },
  });
});

test('a callback that is kept and never called is an error when the time is over', async () => {
  const kept: unknown[] = [];
  const source = new LazySource(
    sourceOf({ columns: (_database, _schema, _relation, callback) => void kept.push(callback) }),
    { timeout: 50 },
  );
  await expect(source.content('shop', signal)).rejects.toMatchObject({
    sqlstate: '57014',
    message: 'the catalog source did not answer within 50 ms',
  });
});

describe('rows without end', () => {
  const row = { name: 'x', typeOid: 23, nullable: true };
  function* endless() {
    for (;;) yield row;
  }
  async function* endlessLater() {
    for (;;) yield row;
  }
  test.each<[string, LazyCatalogSource['columns']]>([
    ['that are at hand', endless],
    ['that come one by one', endlessLater],
  ])('%s let others have their turn, and are an error', async (_, method) => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    try {
      await expect(contentOf({ columns: method })).rejects.toMatchObject({
        sqlstate: '54000',
        message: 'columns() of the catalog source gave more than 1000000 rows',
      });
    } finally {
      clearInterval(timer);
    }
    expect(turns).toBeGreaterThan(5);
  });

  test('end with the time', async () => {
    const source = new LazySource(sourceOf({ columns: endlessLater }), { timeout: 20 });
    await expect(source.content('shop', signal)).rejects.toMatchObject({ sqlstate: '57014' });
  });

  test('and more columns than PostgreSQL numbers are an error', async () => {
    const many = Array.from({ length: 1601 }, (_, at) => ({ ...row, name: `c${at}` }));
    await expect(contentOf({ columns: () => many })).rejects.toMatchObject({
      sqlstate: '54011',
      message: 'tables can have at most 1600 columns',
      fields: { detail: 'The catalog source gave more for "orders".' },
    });
  });
});

test('at most sixteen calls run at once', async () => {
  let running = 0;
  let most = 0;
  const content = await contentOf({
    relations: () =>
      Array.from({ length: 100 }, (_, at) => ({ oid: 80_000 + at, reltypeOid: 90_000 + at, name: `t${at}` })),
    columns: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return columns;
    },
  });
  expect(content.schemas[0]?.relations).toHaveLength(100);
  expect(most).toBe(16);
});

test('others have their turn while a large catalog is pulled', async () => {
  const many = Array.from({ length: 10 }, (_, at) => ({ name: `c${at}`, typeOid: 25, nullable: true }));
  let done = false;
  const pull = contentOf({
    relations: () =>
      Array.from({ length: 5000 }, (_, at) => ({ oid: 80_000 + at, reltypeOid: 90_000 + at, name: `t${at}` })),
    columns: () => many,
  }).finally(() => {
    done = true;
  });
  let turns = 0;
  for (; !done; turns += 1) await nextTurn();
  expect((await pull).schemas[0]?.relations).toHaveLength(5000);
  expect(turns).toBeGreaterThan(5);
});

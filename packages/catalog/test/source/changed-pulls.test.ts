import { expect, test } from 'vitest';
import { type LazyCatalogSource, LazySource, type RelationRow } from '../../src/index.js';
import { sourceOf } from './sources.js';

const signal = new AbortController().signal;
const content = (source: LazySource) => source.content('shop', signal);
const column = (name: string) => ({ name, typeOid: 20, nullable: true });

function lazySource(relations: () => readonly RelationRow[], more: Partial<LazyCatalogSource> = {}): LazySource {
  return new LazySource(sourceOf({ relations, ...more }));
}

test('a row that the source changes in place is read again', async () => {
  const columns = [column('id')];
  const row = { oid: 70_002, reltypeOid: 70_003, name: 'orders', columns, primaryKey: ['id'] };
  const source = lazySource(() => [row]);
  await content(source);
  columns.push(column('added'));
  columns[0]!.nullable = false;
  expect((await content(source)).schemas[0]!.relations[0]!.columns.map(({ name }) => name)).toEqual(['id', 'added']);
  row.primaryKey[0] = 'added';
  const { constraints } = (await content(source)).schemas[0]!.relations[0]!;
  expect(constraints).toMatchObject([{ kind: 'primaryKey', columns: [2] }]);
});

function rename(row: object, from: string, to: string): void {
  Reflect.set(row, to, Reflect.get(row, from));
  Reflect.deleteProperty(row, from);
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test.each([
  ['reltypeOid', 70_005],
  ['arrayOid', 70_006],
  ['kind', 'view'],
  ['ownerOid', 70_007],
  ['comment', 'of all'],
  ['hasIndex', true],
  ['hasRules', true],
  ['hasTriggers', true],
  ['rowSecurity', true],
  ['rowEstimate', 5],
  ['definition', 'SELECT 1'],
  ['columns', []],
  ['primaryKey', ['id']],
  ['unique', [['id']]],
  ['foreignKeys', [{ columns: ['id'], references: { relation: 'orders', columns: ['id'] } }]],
  ['indexes', [['id']]],
  ['checks', ['id > 0']],
])('a change of %s of a relation is seen, in either spelling', async (field, value) => {
  for (const name of [field, snake(field)]) {
    const row: RelationRow = { oid: 70_002, reltypeOid: 70_003, name: 'orders', columns: [column('id')] };
    if (name === 'reltype_oid') rename(row, 'reltypeOid', name);
    const source = lazySource(() => [row]);
    const first = await content(source);
    expect(await content(source)).toBe(first);
    Reflect.set(row, name, value);
    const second = await content(source);
    expect(second).not.toEqual(first);
    expect(second).toEqual(await content(lazySource(() => [row])));
  }
});

test.each([
  ['typeOid', 23],
  ['nullable', false],
  ['typeModifier', 24],
  ['dimensions', 2],
  ['default', '1'],
  ['generated', true],
  ['identity', 'always'],
  ['comment', 'the key'],
])('a change of %s of a column is seen, in either spelling', async (field, value) => {
  for (const name of [field, snake(field)]) {
    const changed = column('id');
    if (name === 'type_oid') rename(changed, 'typeOid', name);
    const row = { oid: 70_002, reltypeOid: 70_003, name: 'orders' };
    const source = lazySource(() => [row], { columns: () => [changed] });
    const first = await content(source);
    expect(await content(source)).toBe(first);
    Reflect.set(changed, name, value);
    const second = await content(source);
    expect(second).not.toEqual(first);
    expect(second).toEqual(await content(lazySource(() => [row], { columns: () => [changed] })));
  }
});

test('a foreign key into another schema follows what it refers to', async () => {
  const tables: Record<string, RelationRow[]> = {
    one: [{ oid: 70_002, reltypeOid: 70_003, name: 'a', columns: [column('id')], primaryKey: ['id'] }],
    two: [
      {
        oid: 70_004,
        reltypeOid: 70_005,
        name: 'b',
        columns: [column('a_id')],
        foreignKeys: [{ columns: ['a_id'], references: { schema: 'one', relation: 'a' } }],
      },
    ],
  };
  const source = new LazySource(
    sourceOf({
      schemas: () => Object.keys(tables).map((name, at) => ({ oid: 70_010 + at, name })),
      relations: (_database, schema) => tables[schema] ?? [],
    }),
  );
  await content(source);
  tables.one![0] = { ...tables.one![0]!, oid: 70_020, columns: [column('more'), column('id')] };
  const [key] = (await content(source)).schemas[1]!.relations[0]!.constraints;
  expect(key).toMatchObject({ referencedRelationOid: 70_020, referencedColumns: [2] });
});

test('a row whose fields are getters of a class is read again', async () => {
  class Row {
    #name = 'orders';
    readonly oid = 70_002;
    readonly reltypeOid = 70_003;
    get name() {
      return this.#name;
    }
    get columns() {
      return [column(this.#name)];
    }
    rename(name: string) {
      this.#name = name;
    }
  }
  const row = new Row();
  const source = lazySource(() => [row]);
  await content(source);
  row.rename('bills');
  expect((await content(source)).schemas[0]!.relations).toMatchObject([
    { name: 'bills', columns: [{ name: 'bills' }] },
  ]);
});

test('what does not change is the very same object, and so is a content without a change', async () => {
  const extra = [column('id')];
  const source = lazySource(() => [
    { oid: 70_002, reltypeOid: 70_003, name: 'a', columns: [column('id')] },
    { oid: 70_004, reltypeOid: 70_005, name: 'b', columns: extra.slice() },
  ]);
  const first = await content(source);
  expect(await content(source)).toBe(first);
  extra.push(column('more'));
  const second = await content(source);
  expect(second.schemas[0]!.relations[0]).toBe(first.schemas[0]!.relations[0]);
  expect(second.schemas[0]!.relations[1]!.columns).toHaveLength(2);
});

test('a relation whose version is the same is not asked for its columns', async () => {
  const versions = { a: 1, b: 1 };
  const asked: string[] = [];
  const source = lazySource(
    () => [
      { oid: 70_002, reltypeOid: 70_003, name: 'a', version: versions.a },
      { oid: 70_004, reltypeOid: 70_005, name: 'b', version: versions.b },
    ],
    {
      columns: (_database, _schema, relation) => {
        asked.push(relation);
        return [column(`${relation}${versions.b}`)];
      },
    },
  );
  await content(source);
  expect(asked.splice(0).sort()).toEqual(['a', 'b']);
  versions.b = 2;
  const { relations } = (await content(source)).schemas[0]!;
  expect(asked).toEqual(['b']);
  expect(relations.map(({ columns }) => columns[0]!.name)).toEqual(['a1', 'b2']);
});

test('a relation with another OID is another one, whose version may be the same', async () => {
  let row = { oid: 70_002, reltypeOid: 70_003, name: 'a', version: 1, columns: [column('old')] };
  const source = lazySource(() => [row]);
  await content(source);
  row = { oid: 70_004, reltypeOid: 70_005, name: 'a', version: 1, columns: [column('new')] };
  const [relation] = (await content(source)).schemas[0]!.relations;
  expect([relation!.oid, relation!.columns[0]!.name]).toEqual([70_004, 'new']);
});

test('a relation that was gone is read again, whose version may be the same', async () => {
  const row = (name: string, oid: number, columnName: string) => {
    return { oid, reltypeOid: oid + 1, name, version: 1, columns: [column(columnName)] };
  };
  const first = row('a', 70_002, 'id');
  let rows = [first, row('b', 70_004, 'old')];
  const source = lazySource(() => rows);
  await content(source);
  rows = [first];
  expect((await content(source)).schemas[0]!.relations).toMatchObject([{ name: 'a' }]);
  rows = [first, row('b', 70_004, 'new')];
  expect((await content(source)).schemas[0]!.relations[1]!.columns).toMatchObject([{ name: 'new' }]);
});

test('two relations of one name are an error, whatever was there before', async () => {
  const row = (name: string, oid: number) => ({ oid, reltypeOid: oid + 1, name, columns: [column('id')] });
  let rows = [row('a', 70_002), row('b', 70_004)];
  const source = lazySource(() => rows);
  await content(source);
  const duplicate = /duplicate pg_class entry for \(relnamespace, relname\) = \[70001, "a"\]/;
  for (const wrong of [
    [row('a', 70_002), row('a', 70_006)],
    [row('a', 70_002), row('a', 70_002)],
    [row('a', 70_006), row('a', 70_008)],
  ]) {
    rows = wrong;
    await expect(content(source)).rejects.toThrow(duplicate);
  }
  rows = [row('a', 70_002), row('c', 70_002)];
  await expect(content(source)).rejects.toThrow(/duplicate pg_class entry for \(oid\) = \[70002\]/);
  rows = [row('a', 70_002)];
  expect((await content(source)).schemas[0]!.relations.map(({ name }) => name)).toEqual(['a']);
});

test('after any changes a content is what a new look at the source gives', async () => {
  const random = mulberry(7);
  const pick = (below: number) => Math.floor(random() * below);
  let rows: RelationRow[] = [];
  const change = (): void => {
    const name = `t${pick(12)}`;
    rows = rows.filter((row) => row.name !== name);
    if (pick(4) === 0) return;
    const oid = 80_000 + 2 * pick(2) + 4 * Number(name.slice(1));
    const others = rows.filter((row) => row.primaryKey !== undefined);
    const other = others[pick(others.length)];
    rows.splice(pick(rows.length + 1), 0, {
      oid,
      reltypeOid: oid + 1,
      name,
      columns: Array.from({ length: 1 + pick(3) }, (_, at) => column(`c${at}`)),
      ...(pick(2) === 0 ? { primaryKey: ['c0'] } : {}),
      ...(pick(3) === 0 ? { indexes: [['c0'], { columns: ['c0'], name: `t${pick(12)}_c0_idx` }] } : {}),
      ...(pick(3) === 0 ? { checks: ['c0 > 0'] } : {}),
      ...(other === undefined
        ? {}
        : { foreignKeys: [{ columns: ['c0'], references: { relation: other.name, columns: ['c0'] } }] }),
    });
  };
  const source = lazySource(() => structuredClone(rows));
  const outcome = (of: LazySource) => content(of).then(sorted, String);
  for (let round = 0; round < 400; round += 1) {
    for (let count = 1 + pick(3); count > 0; count -= 1) change();
    expect(await outcome(source)).toEqual(await outcome(lazySource(() => rows)));
  }
});

function sorted(found: Awaited<ReturnType<typeof content>>) {
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
  return found.schemas.map((schema) => ({ ...schema, relations: [...schema.relations].sort(byName) }));
}

/** Random numbers that are the same in every run. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import { runInNewContext } from 'node:vm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { toArrow } from '../../src/to-arrow.js';
import { errorIn } from './error-in.js';

let oracle: Client;

beforeAll(async () => {
  oracle = new Client({ ...inject('oracle') });
  await oracle.connect();
});

afterAll(() => oracle.end());

/** What PostgreSQL prints of an expression. */
async function printed(expression: string, ...parameters: readonly string[]): Promise<string | undefined> {
  const { rows } = await oracle.query<{ text: string }>(`SELECT (${expression})::text AS text`, [...parameters]);
  return rows[0]?.text;
}

function textOf(type: string, cell: unknown): unknown {
  return toArrow([{ name: 'x', type }], [[cell]])
    .getChildAt(0)
    ?.get(0);
}

class Money {
  readonly #cents = 5;
  toJSON(key: string): unknown {
    return { key, cents: this.#cents };
  }
}

class Secret {
  readonly #value = 5;
  reveal(): number {
    return this.#value;
  }
}

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}

/** What is given, and its JSON. */
const taken: readonly (readonly [value: unknown, json: string])[] = [
  [
    { b: [1, 'ö"\n', true, null], aa: {}, a: undefined, c: [undefined] },
    '{"b":[1,"ö\\"\\n",true,null],"aa":{},"c":[null]}',
  ],
  [new Map<unknown, unknown>([['k', new Map([[2n, 3]])]]), '{"k":{"2":3}}'],
  [{ m: runInNewContext('new Map([[1.5, new Map()]])') }, '{"m":{"1.5":{}}}'],
  [{ n: 2n ** 64n + 1n, list: [-5n] }, '{"n":18446744073709551617,"list":[-5]}'],
  [10n ** 30n, '1000000000000000000000000000000'],
  [[-0, 0, 1e21, 1e-7], '[-0,0,1e+21,1e-7]'],
  [[Number.NaN, Number.POSITIVE_INFINITY, { a: Number.NEGATIVE_INFINITY }], '["NaN","Infinity",{"a":"-Infinity"}]'],
  [Int32Array.of(1, -2), '[1,-2]'],
  [{ a: Float64Array.of(0.5), b: BigUint64Array.of(2n ** 64n - 1n) }, '{"a":[0.5],"b":[18446744073709551615]}'],
  [{ a: Uint8Array.of(0, 255), b: Buffer.from('A') }, '{"a":"\\\\x00ff","b":"\\\\x41"}'],
  [
    { at: new Date(0), url: new URL('http://localhost/a') },
    '{"at":"1970-01-01T00:00:00.000Z","url":"http://localhost/a"}',
  ],
  [
    { price: new Money(), prices: [new Money()] },
    '{"price":{"key":"price","cents":5},"prices":[{"key":"0","cents":5}]}',
  ],
  [[Object(5), Object('x'), Object(true), Object(6n)], '[5,"x",true,6]'],
  [new Point(1, 2), '{"x":1,"y":2}'],
  [Object.create(null), '{}'],
  [runInNewContext('({})'), '{}'],
];

describe('values as JSON', () => {
  test.each(taken)('%o as json', (value, json) => {
    expect(textOf('json', value)).toBe(json);
  });

  test.each(taken)('%o as jsonb is what PostgreSQL makes of the JSON', async (value, json) => {
    expect(textOf('jsonb', value)).toBe(await printed('$1::jsonb', json));
  });

  test.each<[value: unknown, sql: string]>([
    [Number.NaN, "'NaN'::float8"],
    [Number.NEGATIVE_INFINITY, "'-Infinity'::float8"],
    [[Number.NaN, 0.5], "'{NaN,0.5}'::float8[]"],
    [-0, "'-0'::float8"],
    [[Uint8Array.of(1, 254)], `array['\\x01fe'::bytea]`],
    [9_007_199_254_740_993n, '9007199254740993'],
  ])('%o is as to_json writes it', async (value, sql) => {
    expect(textOf('json', value)).toBe(await printed(`to_json(${sql})`));
  });

  test('may be nested deeper than JSON.stringify goes', () => {
    let deep: unknown = [];
    for (let level = 1; level < 20_000; level += 1) deep = [deep];
    expect(textOf('json', deep)).toBe('['.repeat(20_000) + ']'.repeat(20_000));
  });

  test('may hold the same object twice', () => {
    const shared = { a: 1 };
    expect(textOf('json', [shared, shared, { shared }])).toBe('[{"a":1},{"a":1},{"shared":{"a":1}}]');
  });

  test('are refused where they hold themselves', () => {
    const endless: Record<string, unknown> = {};
    endless['a b'] = [{ c: endless }];
    expect(errorIn(() => textOf('jsonb', endless)).message).toBe(
      'column "x" is of type jsonb but row 1 has an object that holds itself at ["a b"][0].c',
    );
  });

  test.each<[value: unknown, found: string, hint: RegExp]>([
    [new Set([1]), 'a Set', /\[\.\.\.set\]/],
    [{ a: [new Set()] }, 'a Set at .a[0]', /\[\.\.\.set\]/],
    [{ f: () => 1 }, 'a function at .f', /what JSON has/],
    [() => 1, 'a function', /what JSON has/],
    [{ s: Symbol('s') }, 'a symbol at .s', /what JSON has/],
    [[/x/], 'a RegExp at [0]', /what JSON has/],
    [{ p: Promise.resolve() }, 'a Promise at .p', /what JSON has/],
    [{ e: Object.assign(new Error('lost'), { code: 5 }) }, 'an Error at .e', /what JSON has/],
    [{ b: new ArrayBuffer(1) }, 'an ArrayBuffer at .b', /what JSON has/],
    [{ v: new DataView(new ArrayBuffer(1)) }, 'a DataView at .v', /what JSON has/],
    [{ w: new WeakMap() }, 'a WeakMap at .w', /what JSON has/],
    [{ at: new Date(Number.NaN) }, 'an invalid Date at .at', /what JSON has/],
    [new Date(Number.NaN), 'an invalid Date', /what JSON has/],
    [{ o: new Secret() }, 'an object without keys of its own at .o', /what JSON has/],
    [Buffer.from('{}'), 'bytes', /JSON text as a string/],
    [{ m: new Map([[{}, 1]]) }, 'a Map with an object as a key at .m', /keys are strings/],
    [
      new Map<unknown, unknown>([
        [1, 1],
        ['1', 2],
      ]),
      'a Map with two keys "1"',
      /all keys strings/,
    ],
  ])('%o is refused', (value, found, hint) => {
    for (const type of ['json', 'jsonb', 'arrow.json']) {
      const error = errorIn(() => toArrow([{ name: 'x', type }], [[null], [value]]));
      expect(error.message).toBe(`column "x" is of type ${type} but row 2 has ${found}`);
      expect(error.sqlstate).toBe('42804');
      expect(error.fields.hint).toMatch(hint);
    }
    const within = errorIn(() => toArrow([{ name: 'x', type: 'list<json>' }], [[['1', value]]]));
    const [kind, path = ''] = found.split(' at ');
    expect(within.message).toBe(`column "x" is of type list<json> but row 1 has ${kind} at [1]${path}`);
  });

  test('what a toJSON throws is for the host', () => {
    const broken = {
      toJSON(): never {
        throw new SyntaxError('broken');
      },
    };
    expect(() => textOf('json', { broken })).toThrow(new SyntaxError('broken'));
  });
});

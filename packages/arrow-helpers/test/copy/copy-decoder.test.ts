import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RawCopyOption } from '../../src/copy/options/copy-options.js';
import { type Columns, copyIntoArrow, copyIntoOracle } from './copy-in.js';
import { CopyOracle } from './copy-oracle.js';

const csv: RawCopyOption = { name: 'format', value: 'csv' };
const binary: RawCopyOption = { name: 'format', value: 'binary' };
const option = (name: string, value?: string | number): RawCopyOption =>
  value === undefined ? { name } : { name, value };
const columns = (name: string, ...names: string[]): RawCopyOption => ({ name, value: { columns: names } });
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

let oracle: CopyOracle;
beforeAll(async () => {
  oracle = await CopyOracle.open();
  await oracle.run("SET TimeZone = 'UTC'; SET client_min_messages = 'error'");
});
afterAll(() => oracle[Symbol.asyncDispose]());

/** Every text goes into the table as a COPY of its own, on both sides, and what comes of it must be the same. */
async function expectSame(table: Columns, options: readonly RawCopyOption[], inputs: readonly (string | Buffer)[]) {
  const ours: unknown[] = [];
  const theirs: unknown[] = [];
  for (const input of inputs) {
    const data = typeof input === 'string' ? Buffer.from(input, 'utf8') : input;
    const shown = data.toString('latin1');
    theirs.push({ input: shown, ...(await copyIntoOracle(oracle, table, options, [data])) });
    ours.push({ input: shown, ...copyIntoArrow(table, options, [data]) });
    const single = Array.from(data, (byte) => Uint8Array.of(byte));
    expect({ input: shown, ...copyIntoArrow(table, options, single) }).toEqual(ours.at(-1));
  }
  expect(ours).toEqual(theirs);
}

describe('COPY FROM STDIN reads as PostgreSQL does', () => {
  test('text', () =>
    expectSame(
      { a: 'text', b: 'text' },
      [],
      [
        '',
        'x\ty\n',
        'x\ty',
        '\\N\t\\N\n\t\n',
        'one\ttwo\nthree\tfour\n',
        'one\ttwo\r\nthree\tfour\r\n',
        'one\ttwo\rthree\tfour\r',
        'a\\tb\t\\b\\f\\n\\r\\t\\v\\\\\\q\n',
        '\\101\\x41\\x4\\7\\1234\t\\xzz\\x\\0\n',
        '\\303\\251\t\\xc3\\xa9é\n',
        '\\303\tx\n',
        'x\t\\0\n',
        'x\\\ny\tz\n',
        'x\\\r\ny\tz\n',
        'x\ty\\',
        '\\N\\\tx\n',
        'a\\Nb\t\\\\N\n',
        'x\ty\n\\.\n',
        'x\ty\n\\.\nrest\tof it',
        'x\ty\n\\.',
        'x\ty\n\\.x\n',
        'x\ty\n\\.\r\n',
        'x\ty\r\n\\.\r\n',
        'x\ty\r\n\\.\n',
        'x\ty\r\n\\.x',
        'x\ty\r\n\\.\rx',
        'x\ty\r\\.\r',
        'x\ty\r\\.\n',
        'x\ty\\.\n',
        '\\.\n',
        '\\.\r',
      ],
    ));

  test('text that is wrong', () =>
    expectSame(
      { a: 'text', b: 'text' },
      [],
      [
        'x\n',
        '\n',
        'x\ty\tz\n',
        'x\ty\nz\n',
        'x\ty\nx\ty\rz\n',
        'x\ty\r\nx\ty\n',
        'x\ty\r\nx\ty\rz\tz\n',
        'x\ty\rx\ty\n',
        `${'é'.repeat(80)}\n`,
        `x${'é'.repeat(80)}\n`,
        `${'🐘'.repeat(25)}\n`,
        `${'🐘'.repeat(26)}\n`,
        bytes('x\ty\n\xff\ty\n'),
        bytes('x\ty\nx\t\xc3\n'),
        bytes('x\ty\nx\ty\xe2\x82'),
        bytes('x\ty\nx\ty\0\n'),
        ...['\0', '\xff', '\xe2(', '\xe2\x82', 'x\xff'].flatMap((next) => [
          bytes(`x\ty\r${next}\tz\r`),
          bytes(`x\ty\rx\ty\r${next}\tz\r`),
          bytes(`x\ty\r\nx\ty\r${next}\tz\r\n`),
          bytes(`x\ty\r${next}`),
        ]),
        bytes('x\xed\xa0\x80\ty\n'),
        bytes('x\ty\n\xff\r'),
        'x\\.\ty\n',
        // A sequence is shown as long as its first byte announces, with what else is there.
        ...['\xe0', '\xc3', '\xf0\x9f', '\xe2\x82', '\xff', '\0'].flatMap((next) => [
          bytes(`x\ty\nx\t${next}\ny\tz\n`),
          bytes(`x\ty\nx\t${next}\n`),
          bytes(`x\ty\nx\t${next}\\.\n`),
          bytes(`x\ty\r\nx\t${next}\r\ny\tz\r\n`),
          bytes(`x\ty\nx\tz\r${next}y\n`),
          bytes(`x\ty\nx\tz\\${next}y\n`),
          bytes(`x\ty\n\\.${next}y\n`),
          bytes(`x\ty\r\n\\.\r${next}\n`),
          bytes(`x\ty\r\n\\.\n${next}\n`),
        ]),
      ],
    ));

  test('text with options', async () => {
    const table: Columns = { a: 'text', b: 'int4' };
    await expectSame(table, [option('delimiter', '|'), option('null', '')], ['x|1\n|\n\\||2\n', 'x|\\N\n']);
    await expectSame(table, [option('header')], ['a\tb\nx\t1\n', 'anything', 'x\ty\tz\nx\tz\n']);
    const match = ['a\tb\nx\t1\n', 'a\tc\n', 'a\n', 'a\tb\tc\n', '\\N\tb\n', '\\x61\tb\nx\t2\n', '', 'a\tb\r\nx\t1\n'];
    await expectSame(table, [option('header', 'match')], match);
    await expectSame(table, [option('default', 'D')], ['x\t1\n', 'D\t1\n', 'x\tD\n', 'DD\t1\n', 'x\ty\tD\n']);
    await expectSame(table, [option('null', '\\\\')], ['\\\\\t1\n', 'x\t\\\\\n']);
  });

  test('CSV', () =>
    expectSame(
      { a: 'text', b: 'text' },
      [csv],
      [
        '',
        'x,y\n',
        ',\n"",""\n',
        '"x ""y""",z\n',
        'a"b,c"d,e\n',
        '"a"b"c",d\n',
        '"one\ntwo",x\ny,z\n',
        '"one\r\ntwo",x\r\ny,z\r\n',
        'x,y\r"a\rb",z\r',
        ' x , y \n',
        '\\.,x\n',
        '\\.\n',
        'x,"\\."\n',
        'a,b\n\n',
        'a,b\nc,"d',
        'a,b\nc,"d\ne\n',
        'a,b\n"c\nd\ne"\n',
        'a,b\r\nc,d\n',
        'a,b\nc,d\re,f\n',
        'a,b\r\nc,"d\ne"\r\n',
        'a,"b\nc"\n\n\n',
        bytes('a,"b\n\n\xff"\n'),
        'x\n',
        'x,y,z\n',
        '"',
        '""',
        ',""',
        'é,"é"\n',
        bytes('x,y\nx,y\0\n'),
        bytes('x,y\nx,y\n\0,z\n'),
        bytes('x,y\r\nx,\0\r\n'),
        bytes('x,y\rx,\0\r'),
        bytes('x,y\n"x",\0\n'),
        bytes('"x\nx",y\nz,\0\n'),
        bytes('x,y\n"x\n\0",z\n'),
        bytes('x,"y\n\0"\n'),
        bytes('\0,y\nx,z\n'),
        bytes('x,y\nx\0'),
        ...['\0', '\xff', '\xe2(', '\xe2\x82', '\xe2\x82\xff', '\xf0\x9f\x90\x98', 'x\xff'].flatMap((next) => [
          bytes(`x,y\r${next},z\r`),
          bytes(`x,y\rx,y\r${next},z\r`),
          bytes(`x,y\r\nx,y\r${next},z\r\n`),
          bytes(`x,y\r\nx,y\r\n${next},z\r\n`),
          bytes(`x,"y\r${next}"\r`),
          bytes(`x,y\nx,"y\r${next}"\n`),
          bytes(`x,y\r${next}`),
          // Newlines in quotes count as far as they have been read.
          bytes(`x,y\nx${next},"y\n\n\nz"\n`),
          bytes(`x,y\nx,"y\n${next}\n\nz"\n`),
          bytes(`x,y\r\nx${next},"y\r\n\r\nz"\r\n`),
          bytes(`x,y\nx,y${next}\nz,z\n`),
          bytes(`x,y\nx,y\r${next}\n`),
        ]),
      ],
    ));

  test('CSV with options', async () => {
    const table: Columns = { a: 'text', b: 'text' };
    const inputs = [
      'x,y\n',
      '"x\\"y",z\n',
      '"x\\\\",z\n',
      '"x\\y",z\n',
      '"x""y",z\n',
      '\\"x,z\n',
      '"\\\n",z\n"\\\\\\"",q\n',
    ];
    await expectSame(table, [csv, option('escape', '\\')], inputs);
    await expectSame(table, [csv, option('quote', "'"), option('delimiter', ';')], ["'x;''y';z\n", "x;'y\n"]);
    await expectSame(table, [csv, columns('force_not_null', 'b')], [',\n"",""\n']);
    await expectSame(table, [csv, columns('force_null', 'b')], [',\n"",""\n']);
    await expectSame(table, [csv, columns('force_null', 'a', 'b'), option('null', 'N')], ['N,"N"\n"N",NN\n']);
    await expectSame(table, [csv, columns('force_null', 'b', 'b')], ['x,y\n']);
    await expectSame(table, [csv, columns('force_not_null', 'a', 'b', 'a', 'b')], ['x,y\n']);
    await expectSame(table, [csv, option('null', 'N'), option('default', 'D')], ['N,"D"\n', 'N,D\n']);
    await expectSame(table, [csv, option('header', 'match')], ['a,b\nx,y\n', '"a","b"\nx,y\n', ',b\n', 'b,a\n']);
    await expectSame({ a: 'int4', b: 'int4' }, [csv, columns('force_not_null', 'b')], ['1,\n']);
  });

  test('values that have no place, left out by ON_ERROR ignore', async () => {
    const ignore = option('on_error', 'ignore');
    const table: Columns = { a: 'text', b: 'int4' };
    await expectSame(table, [ignore], ['x\t1\ny\ttwo\n\\N\t3\nz\tfour\n', 'x\tx\n', 'x\t1\n\\N\tx\nz\t3\n', 'x\n']);
    const limited = [csv, ignore, option('reject_limit', 2)];
    await expectSame(
      { a: 'int4[]' },
      [ignore],
      [`${'{'.repeat(7)}1${'}'.repeat(7)}\n{1}\n`, '[1:2147483647]={1}\n{1}\n'],
    );
    await expectSame(table, limited, ['x,1\nx,x\nx,y\nx,2\n', 'x,x\nx,y\nx,z\nx,1\n']);
  });

  test('a table without columns', () => expectSame({}, [], ['', '\n\n', 'x\n']));
});

describe('COPY FROM STDIN in binary reads as PostgreSQL does', () => {
  const signature = bytes('PGCOPY\n\xff\r\n\0');
  const header = Buffer.concat([signature, Buffer.alloc(8)]);
  const end = bytes('\xff\xff');
  const number = (value: number, size = 4): Buffer => {
    const buffer = Buffer.alloc(size);
    buffer.writeIntBE(value, 0, size);
    return buffer;
  };
  const row = (...fields: (Buffer | null)[]): Buffer =>
    Buffer.concat([
      number(fields.length, 2),
      ...fields.flatMap((field) => (field === null ? [number(-1)] : [number(field.length), field])),
    ]);
  const file = (...parts: Buffer[]): Buffer => Buffer.concat([header, ...parts]);

  test('rows, and all that can be wrong with them', () =>
    expectSame(
      { a: 'int4', b: 'text' },
      [binary],
      [
        file(row(number(1), bytes('x')), row(null, null), end),
        file(row(number(1), bytes('x'))),
        file(),
        file(end),
        Buffer.concat([signature, number(0), number(3), bytes('abc'), row(number(1), null), end]),
        '',
        'PGCOPY',
        'a,b,c,d,e,f,g,h',
        signature,
        Buffer.concat([signature, number(0)]),
        Buffer.concat([signature, number(0), number(4), bytes('abc')]),
        Buffer.concat([signature, number(0), number(-1)]),
        Buffer.concat([signature, number(0x1_0000), number(0)]),
        Buffer.concat([signature, number(0x2_0000), number(0)]),
        Buffer.concat([signature, number(1), number(0), end]),
        file(row(number(1))),
        file(row(number(1), null), row(number(1), null, null)),
        file(row(number(1), null), end, bytes('x')),
        file(number(2, 2), number(-2)),
        file(number(2, 2), number(4), bytes('ab')),
        file(number(2, 2), bytes('ab')),
        file(number(2, 2)),
        file(number(2, 1)),
        file(row(number(1), null), row(number(1, 3), null)),
        file(row(bytes('12345'), null)),
        file(row(number(1), bytes('\xff'))),
        file(row(number(1), bytes('a\0'))),
        file(number(2, 2), number(3), number(1, 3)),
      ],
    ));

  test('values of every type that are too short, too long or out of range', async () => {
    const some = ['', '00', '0001', '00000001', '0000000000000001', '000000000000000001', '7fffffff', '80000000'];
    const long = ['7fffffffffffffff', '8000000000000000', '7ffffffffffffffe', '4014000000000000', '7ff8000000000000'];
    const numerics = [
      '0001000000000000000c',
      '0001000040000002000c',
      '00020000000000010001270f',
      '0001ffff000000030fa0',
      '0001000000000000',
      '0001000012340000000c',
      '0001000000004000000c',
      '00010000000000002710',
      '0001000000000000000c00',
      '0001000300000000000c',
      '00017fff00000000000c',
      '00018000000000000c0c',
      '00000000c0000000',
    ];
    for (const type of [
      'int2',
      'int4',
      'int8',
      'float4',
      'float8',
      'bool',
      'date',
      'time',
      'timestamp',
      'bytea',
    ] as const) {
      const inputs = [...some, ...long].map((hex) => file(row(Buffer.from(hex, 'hex')), end));
      await expectSame({ a: type }, [binary], inputs);
    }
    // PostgreSQL's numeric has NaN; Arrow's decimals say that they have not.
    const inputs = [...some, ...numerics].map((hex) => file(row(Buffer.from(hex, 'hex')), end)).slice(0, -1);
    await expectSame({ a: 'numeric(10,2)' }, [binary], inputs);
  });
});

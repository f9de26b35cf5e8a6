import {
  type DataType,
  Dictionary,
  Field,
  FixedSizeList,
  Int8,
  Int32,
  LargeList,
  List,
  Struct,
  Utf8,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { columnType } from '../../src/column-type.js';
import { toArrow } from '../../src/to-arrow.js';
import { encodeBinary, encodeText, type Metadata } from '../encode-column.js';
import { readByOracle } from '../oracle.js';

const item = (type: DataType): Field => new Field('item', type, true);
const list = (type: DataType): DataType => new List(item(type));
const pair = (type: DataType): DataType => new FixedSizeList(2, item(type));
const dictionary = (type: DataType): DataType => new Dictionary(type, new Int8());

function encode(type: DataType, cells: readonly unknown[], metadata?: Metadata) {
  const table = toArrow(
    [{ name: 'x', type }],
    cells.map((cell) => [cell]),
  );
  const data = table.getChild('x')?.data[0];
  if (data === undefined) throw new Error('no column');
  return { texts: encodeText(data, metadata), binaries: encodeBinary(data, metadata) };
}

/** Shared, so that a dictionary has them once. */
const [one, two, none] = [
  [1, null],
  [2, -3],
  [null, null],
];
const words = [['a b', null, 'NULL'], [], ['"', 'c', '']] as const;

describe('dictionaries of lists within lists are dimensions of one array', () => {
  test.each<[type: DataType, array: string, cells: readonly unknown[], texts: readonly (string | null)[]]>([
    [
      list(dictionary(list(new Int32()))),
      'int4[]',
      [[two, one, two], null, [one], [], [none, none]],
      ['{{2,-3},{1,NULL},{2,-3}}', null, '{{1,NULL}}', '{}', '{{NULL,NULL},{NULL,NULL}}'],
    ],
    [
      pair(dictionary(new LargeList(item(new Utf8())))),
      'varchar[]',
      [[words[2], words[0]], null, [words[1], words[1]], [words[0], words[0]]],
      ['{{"\\"",c,""},{"a b",NULL,"NULL"}}', null, '{}', '{{"a b",NULL,"NULL"},{"a b",NULL,"NULL"}}'],
    ],
    [
      list(dictionary(pair(list(dictionary(pair(dictionary(new Int32()))))))),
      'int4[]',
      [
        [
          [
            [one, two],
            [two, two],
          ],
          [
            [two, one],
            [none, one],
          ],
        ],
      ],
      ['{{{{1,NULL},{2,-3}},{{2,-3},{2,-3}}},{{{2,-3},{1,NULL}},{{NULL,NULL},{1,NULL}}}}'],
    ],
    [list(dictionary(dictionary(pair(new Int32())))), 'int4[]', [[two, one, two]], ['{{2,-3},{1,NULL},{2,-3}}']],
    [dictionary(list(dictionary(list(new Int32())))), 'int4[]', [[two, one]], ['{{2,-3},{1,NULL}}']],
  ])('%s', async (type, array, cells, texts) => {
    const encoded = encode(type, cells);
    expect(encoded.texts).toEqual(texts);
    const { oid, readings } = await readByOracle(
      array,
      texts.map((text) => text ?? '{}'),
    );
    expect(columnType(item(type)).typeOid).toBe(oid);
    expect(encoded.binaries).toEqual(
      readings.map((reading, row) => (texts[row] === null ? null : 'binary' in reading && reading.binary)),
    );
  });

  test('that are no box are refused', () => {
    const type = list(dictionary(list(new Int32())));
    for (const cell of [
      [[1], [1, 2]],
      [[1], null],
    ]) {
      expect(() => encode(type, [[[1]], cell])).toThrow(
        expect.objectContaining({ sqlstate: '2202E', message: expect.stringContaining('column "x", row 2') }),
      );
    }
  });

  test('of more than six are refused', () => {
    let type: DataType = new Int32();
    for (let dimension = 0; dimension < 7; dimension += 1) type = list(dictionary(type));
    expect(() => columnType(item(type))).toThrow(expect.objectContaining({ sqlstate: '54000' }));
  });

  test('can be declared, in json too', async () => {
    const declared = new Map([['PG:type', 'int8[]']]);
    const type = list(dictionary(list(new Int32())));
    const { readings } = await readByOracle('int8[]', ['{{1,2},{1,2}}']);
    const shared = [1, 2];
    const { texts, binaries } = encode(type, [[shared, shared]], declared);
    expect([{ input: '{{1,2},{1,2}}', output: texts[0], binary: binaries[0] }]).toEqual(readings);
    const member = new Struct([new Field('a', type, true, declared)]);
    expect(encode(member, [{ a: [shared, shared] }]).texts).toEqual(['{"a":[[1,2],[1,2]]}']);
  });
});

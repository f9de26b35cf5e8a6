import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameBinding } from './same-as-oracle.js';
import { int32 } from './wire-bytes.js';

type Dimension = readonly [length: number, lowerBound: number];

const one = int32(1);

/** An array as array_send writes it, of elements that are bytes, NULL, or only a length. */
function arrayOf(
  elementOid: number,
  dimensions: readonly Dimension[],
  elements: readonly (Buffer | null | number)[],
  { flags = 0, count = dimensions.length } = {},
): Buffer {
  const sized = elements.map((element) => {
    if (element === null || typeof element === 'number') return int32(element ?? -1);
    return Buffer.concat([int32(element.length), element]);
  });
  return Buffer.concat([int32(count, flags, elementOid), ...dimensions.map((each) => int32(...each)), ...sized]);
}

describe('binary arrays', () => {
  test('have one level of nesting for each dimension', async () => {
    const values = [
      arrayOf(typeOid.int4, [], []),
      arrayOf(typeOid.int4, [[2, 1]], [one, null], { flags: 1 }),
      arrayOf(typeOid.int4, [[2, 5]], [one, one], { flags: 1 }),
      arrayOf(
        typeOid.int4,
        [
          [2, 1],
          [3, -7],
        ],
        [one, one, null, one, null, one],
      ),
      arrayOf(
        typeOid.int4,
        [
          [1, 1],
          [1, 1],
          [1, 1],
          [1, 1],
          [1, 1],
          [2, 1],
        ],
        [one, one],
      ),
      arrayOf(typeOid.int4, [[0, 1]], []),
      arrayOf(
        typeOid.int4,
        [
          [2, 1],
          [0, 1],
        ],
        [],
      ),
      arrayOf(
        typeOid.int4,
        [
          [0, 1],
          [2_147_483_647, 0],
        ],
        [],
      ),
    ];
    await expectSameBinding('int4[]', values);
    expect(readParameter('int4[]', values[3] ?? one)).toEqual([
      [1, 1, null],
      [1, null, 1],
    ]);
  });

  test('of another element type are refused, unless that type is of one installation only', async () => {
    const oids = [
      0, 9, 16, 18, 19, 20, 22, 25, 600, 700, 1007, 1016, 1043, 1082, 1184, 1266, 1560, 1562, 1700, 2276, 2950,
    ];
    await expectSameBinding(
      'int4[]',
      [...oids, 1186, 2249, 2277, 3802, 99_999].map((oid) => arrayOf(oid, [[1, 1]], [one])),
    );
    await expectSameBinding('_timestamptz', [arrayOf(typeOid.int4, [[1, 1]], [one])]);
  });

  test('with sizes that cannot be are refused before anything is made of them', async () => {
    const { int4 } = typeOid;
    await expectSameBinding('int4[]', [
      ...[7, -1, 2 ** 31 - 1].map((count) => arrayOf(int4, [[1, 1]], [one], { count })),
      ...[2 ** 31 - 1, 134_217_728, 134_217_727, -1, 2].map((length) => arrayOf(int4, [[length, 1]], [one])),
      arrayOf(
        int4,
        [
          [65_536, 1],
          [65_536, 1],
        ],
        [one],
      ),
      arrayOf(
        int4,
        [
          [134_217_727, 1],
          [1, 1],
        ],
        [one],
      ),
      arrayOf(
        int4,
        [
          [0, 1],
          [2_147_483_647, 1],
        ],
        [],
      ),
      arrayOf(
        int4,
        [
          [0, 1],
          [-1, 1],
        ],
        [],
      ),
      arrayOf(int4, [[1, 2_147_483_647]], [one]),
      arrayOf(int4, [[1, 2_147_483_646]], [one]),
      arrayOf(int4, [[1, 1]], [one], { flags: 2 }),
    ]);
  });

  test('with elements that are too short, too long or of a length that cannot be are refused', async () => {
    const { int4, bool, bytea } = typeOid;
    const elements = [Buffer.of(0, 1), Buffer.alloc(5), Buffer.of(), -2, 100, 2 ** 31 - 1];
    await expectSameBinding(
      'int4[]',
      elements.map((element) => arrayOf(int4, [[2, 1]], [one, element])),
    );
    await expectSameBinding('int4[]', [arrayOf(int4, [[1, 1]], [one, one]), Buffer.of(), Buffer.of(0, 0)]);
    await expectSameBinding('bool[]', [
      arrayOf(bool, [[1, 1]], [Buffer.of()]),
      arrayOf(bool, [[1, 1]], [Buffer.of(7)]),
    ]);
    await expectSameBinding('bytea[]', [arrayOf(bytea, [[2, 1]], [Buffer.of(), Buffer.of(255)])]);
  });

  test('of a type that is not decoded have its bytes, in memory of their own', () => {
    const frame = arrayOf(typeOid.gtsvector, [[2, 1]], [Buffer.alloc(16, 7), null]);
    const value = readParameter('gtsvector[]', frame);
    frame.fill(0);
    expect(value).toEqual([new Uint8Array(16).fill(7), null]);
  });
});

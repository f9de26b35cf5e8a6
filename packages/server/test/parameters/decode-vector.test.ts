import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameBinding } from './same-as-oracle.js';
import { int32 } from './wire-bytes.js';

describe('int2vector and oidvector', () => {
  test('text has its numbers between spaces', () => {
    expect(readParameter('int2vector', ' 1 -2  3 ')).toEqual([1, -2, 3]);
    expect(readParameter('oidvector', '4294967295\t0x2')).toEqual([4_294_967_295, 2]);
    expect(readParameter('int2vector', '')).toEqual([]);
    expect(readParameter('int2vector[]', '{1 2,"3 4"}')).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('text that is no number is refused as PostgreSQL refuses it', async () => {
    await expectSameBinding('int2vector', ['1 x', '70000', '{1}']);
    await expectSameBinding('oidvector', ['1 x', '-5000000000']);
  });

  test('binary is an array of one dimension from 0 on without NULLs', async () => {
    const element = Buffer.concat([int32(2), Buffer.of(0, 7)]);
    await expectSameBinding('int2vector', [
      Buffer.concat([int32(1, 0, 21, 2, 0), element, element]),
      Buffer.concat([int32(1, 0, 21, 2, 1), element, element]),
      Buffer.concat([int32(1, 1, 21, 2, 0), element, int32(-1)]),
      Buffer.concat([int32(2, 0, 21, 1, 0, 1, 0), element]),
      int32(0, 0, 21),
      int32(1, 0, 21, 0, 0),
    ]);
    await expectSameBinding('oidvector', [int32(1, 0, 26, 2, 0, 4, 5, 4, -1), int32(1, 0, 26, 0, 0)]);
  });
});

import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameInput } from './same-as-oracle.js';
import { scribble } from './scribble.js';

const notations = ['0', '-0', '+5', ' 42 ', '\t7\n', '0x1F', '0X1f', '-0b11', '0o17', '1_000', '0x_1F', '0x1_f', '007'];
const mistakes = [
  '',
  ' ',
  'abc',
  '- 5',
  '--5',
  '1.0',
  '1e3',
  '0x',
  '0xg',
  '0b2',
  '0o8',
  '_1',
  '1_',
  '1__0',
  '0x__1',
  '1 2',
  '\u00a05',
  '5\u2003',
  '٣',
  '0x-1',
];
const edges = [15n, 31n, 63n].flatMap((power) => [-1n, 0n, 1n].map((step) => 2n ** power + step));
const atEdges = edges.flatMap((edge) => [
  `${edge}`,
  `-${edge}`,
  `0x${edge.toString(16)}`,
  `-0o${edge.toString(8)}`,
  `0b${edge.toString(2)}`,
  `${edge}x`,
  `${edge}0x`,
  `${edge}_`,
]);
const long = ['9'.repeat(40), `${'9'.repeat(90)}x`, `${'0'.repeat(200)}1`, `0x${'f'.repeat(80)}`];
const scribbled = scribble([...'01789abxXoO_+- \v'], 1000);
const inputs = [...notations, ...mistakes, ...atEdges, ...long, ...scribbled];

describe('integers', () => {
  test('int2 is read as PostgreSQL reads it, into a number', async () => {
    await expectSameInput('int2', inputs, Number);
  });

  test('int4 is read as PostgreSQL reads it, into a number', async () => {
    await expectSameInput('int4', inputs, Number);
  });

  test('int8 is read as PostgreSQL reads it, into a bigint whatever its size', async () => {
    await expectSameInput('int8', inputs, BigInt);
    expect(readParameter('int8', '1')).toBe(1n);
  });

  test('zero has no sign', () => {
    expect(readParameter('int4', '-0')).toBe(0);
  });
});

import fc from 'fast-check';
import { test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';
import { int32 } from './wire-bytes.js';

const int16 = (value: number): Buffer => Buffer.of((value >> 8) & 0xff, value & 0xff);
const lexeme = fc.constantFrom('a', 'b', 'é', "o'c", '\\', '', 'a b', 'x'.repeat(2047));

const entry = fc
  .tuple(lexeme, fc.uniqueArray(fc.nat(0x3fff), { maxLength: 4 }), fc.nat(3), fc.nat(9))
  .map(([word, positions, weight, mess]) => {
    const inOrder = mess === 0 ? positions : [...positions].sort((first, second) => first - second);
    const entries = inOrder.map((position) => int16((weight << 14) | position));
    return Buffer.concat([Buffer.from(`${word}\0`), int16(entries.length), ...entries]);
  });

test('binary tsvector becomes the text that PostgreSQL writes', async () => {
  const vectors = fc
    .sample(fc.array(entry, { maxLength: 5 }), { seed: 3, numRuns: 300 })
    .map((entries) => Buffer.concat([int32(entries.length), ...entries]));
  const long = Buffer.concat([int32(1), Buffer.from(`${'y'.repeat(2048)}\0`), int16(0)]);
  const many = Buffer.concat([int32(1), Buffer.from('y\0'), int16(257), Buffer.alloc(514)]);
  await expectSameBinding('tsvector', [...vectors, long, many, int32(-1), int32(2 ** 31 - 1)]);
});

const operand = fc
  .tuple(lexeme, fc.nat(16), fc.boolean())
  .map(([word, weight, prefix]) => Buffer.concat([Buffer.of(1, weight, prefix ? 1 : 0), Buffer.from(`${word}\0`)]));
const { query } = fc.letrec<{ query: readonly Buffer[] }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 6, depthSize: 'large', withCrossShrink: true },
    operand.map((item) => [item]),
    tie('query').map((inner) => [Buffer.of(2, 1), ...inner]),
    fc
      .tuple(fc.constantFrom(2, 3, 4, 4), fc.constantFrom(0, 1, 2, 16_384), tie('query'), tie('query'))
      .map(([code, distance, right, left]) => [
        Buffer.concat([Buffer.of(2, code), ...(code === 4 ? [int16(distance)] : [])]),
        ...right,
        ...left,
      ]),
  ),
}));

test('binary tsquery becomes the text that PostgreSQL writes', async () => {
  const queries = fc
    .sample(query, { seed: 5, numRuns: 400 })
    .map((items) => Buffer.concat([int32(items.length), ...items]));
  const leaf = Buffer.concat([Buffer.of(1, 0, 0), Buffer.from('a\0')]);
  const odd = [
    Buffer.concat([int32(2), leaf, leaf]),
    Buffer.concat([int32(2), Buffer.of(2, 2), leaf]),
    Buffer.concat([int32(1), Buffer.of(2, 1)]),
    Buffer.concat([int32(2), Buffer.of(2, 5), leaf]),
    Buffer.concat([int32(1), Buffer.of(3)]),
    Buffer.concat([int32(1), Buffer.of(1, 0, 0), Buffer.from(`${'y'.repeat(2048)}\0`)]),
    ...[0, -1, 2 ** 31 - 1].map((count) => int32(count)),
  ];
  await expectSameBinding('tsquery', [...queries, ...odd]);
});

test('tsquery of any text is what PostgreSQL makes of it, or its error', async () => {
  const pieces = [
    'a',
    'b',
    "'",
    '\\',
    ':',
    'A',
    '*',
    ' ',
    ' & ',
    ' | ',
    '!',
    '(',
    ')',
    ' <-> ',
    ' <2> ',
    '<99999>',
    'é',
  ];
  const texts = fc
    .sample(fc.array(fc.constantFrom(...pieces), { maxLength: 9 }), { seed: 8, numRuns: 1000 })
    .map((parts) => parts.join(''));
  await expectSameBinding('tsquery', [...new Set(texts)]);
});

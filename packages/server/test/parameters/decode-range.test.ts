import fc from 'fast-check';
import { test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';
import { int32, int64 } from './wire-bytes.js';

const flags = Array.from({ length: 256 }, (_, flag) => flag);

function range(flag: number, ...bounds: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(flag), ...bounds.flatMap((bound) => [int32(bound.length), bound])]);
}

/** The header of numeric_send, and its digits to the base 10,000. */
function numeric(weight: number, sign: number, scale: number, ...digits: readonly number[]): Buffer {
  const words = [digits.length, weight & 0xffff, sign, scale, ...digits];
  const bytes = Buffer.alloc(words.length * 2);
  for (const [index, word] of words.entries()) bytes.writeUInt16BE(word, index * 2);
  return bytes;
}

const edges = {
  int4: [-(2 ** 31), -1, 0, 1, 2, 2 ** 31 - 2, 2 ** 31 - 1].map((value) => int32(value)),
  int8: [-(2n ** 63n), 0n, 1n, 2n ** 63n - 1n].map((value) => int64(value)),
  date: [-(2 ** 31), -2_451_546, -2_451_545, 0, 1, 2_145_031_948, 2_145_031_949, 2 ** 31 - 1].map((value) =>
    int32(value),
  ),
  ts: [-(2n ** 63n), -211_813_488_000_000_001n, 0n, 1n, 9_223_371_331_199_999_999n, 2n ** 63n - 1n].map((value) =>
    int64(value),
  ),
  num: [
    numeric(0, 0, 0),
    numeric(0, 0, 1, 1, 5000),
    numeric(0, 0, 2, 1, 5000),
    numeric(0, 0x4000, 1, 1, 5000),
    numeric(-1, 0x4000, 4, 1),
    numeric(1, 0, 0, 1, 1),
    ...[0xc000, 0xd000, 0xf000].map((sign) => numeric(0, sign, 0)),
  ],
} as const;
const subtypes = Object.keys(edges).filter((name): name is keyof typeof edges => name in edges);

test.each(subtypes)('%srange with any flags and bounds is what PostgreSQL makes of it', async (subtype) => {
  const bounds = edges[subtype];
  const every = bounds.flatMap((lower) =>
    bounds.flatMap((upper) => [0, 2, 4, 6].map((flag) => range(flag, lower, upper))),
  );
  const [one = Buffer.of(), ...more] = bounds;
  const flagged = flags.map((flag) =>
    range(flag, ...(flag & 8 ? [] : [one]), ...(flag & 16 ? [] : [more.at(-1) ?? one])),
  );
  await expectSameBinding(`${subtype}range`, [...every, ...flagged]);
});

test.each(subtypes)('%smultirange is put in order, and what meets is joined', async (subtype) => {
  const bound = fc.constantFrom<Buffer | undefined>(...edges[subtype], undefined);
  const one = fc
    .tuple(bound, bound, fc.constantFrom(0, 2, 4, 6, 6), fc.integer({ min: 0, max: 9 }))
    .map(([lower, upper, flag, empty]) =>
      empty === 0
        ? range(1)
        : range(
            flag | (lower === undefined ? 8 : 0) | (upper === undefined ? 16 : 0),
            ...[lower, upper].filter((found) => found !== undefined),
          ),
    );
  const samples = fc.sample(fc.array(one, { maxLength: 5 }), { seed: 7, numRuns: 400 });
  const values = samples.map((ranges) =>
    Buffer.concat([int32(ranges.length), ...ranges.flatMap((bytes) => [int32(bytes.length), bytes])]),
  );
  await expectSameBinding(`${subtype}multirange`, values);
});

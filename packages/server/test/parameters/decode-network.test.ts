import fc from 'fast-check';
import { describe, test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';

const ipv4 = fc.sample(fc.uint8Array({ minLength: 4, maxLength: 4 }), { seed: 10, numRuns: 60 });
/** Mostly zeros, as what is hard about IPv6 is where its zeros are left out. */
const ipv6 = fc.sample(
  fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2, 0xffff, 0x0db8, 0x0a00), { minLength: 8, maxLength: 8 }),
  { seed: 10, numRuns: 400 },
);

function message(family: number, prefixLength: number, address: Uint8Array, size = address.length): Buffer {
  return Buffer.from([family, prefixLength, 0, size, ...address]);
}

const prefixes = [0, 1, 7, 8, 9, 24, 31, 32];
const networks = [
  ...ipv4.map((address, index) => message(2, prefixes[index % prefixes.length] ?? 0, address)),
  ...ipv6.map((words, index) => {
    const address = Buffer.from(words.flatMap((word) => [word >> 8, word & 0xff]));
    return message(3, index % 4 === 0 ? (index * 7) % 129 : 128, address);
  }),
];

describe('network addresses', () => {
  test.each(['inet', 'cidr'])('binary %s becomes the text that PostgreSQL writes', async (type) => {
    await expectSameBinding(type, [
      ...networks,
      message(2, 8, Buffer.of(10, 0, 0, 0)),
      message(3, 0, Buffer.alloc(16)),
    ]);
  });

  test('addresses that cannot be are refused', async () => {
    const address = Buffer.of(1, 2, 3, 4);
    const wrong = [
      message(2, 33, address),
      message(3, 129, Buffer.alloc(16)),
      message(4, 32, address),
      message(2, 32, address, 5),
      message(2, 32, address, 255),
      message(3, 32, address),
      message(2, 32, Buffer.of(1, 2, 3), 4),
      message(2, 32, Buffer.of(1, 2, 3, 4, 5), 4),
      Buffer.of(2, 32),
      Buffer.of(),
    ];
    await expectSameBinding('inet', wrong);
    await expectSameBinding('cidr', wrong);
  });
});

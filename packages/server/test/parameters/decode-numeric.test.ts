import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameBinding, expectSameInput } from './same-as-oracle.js';
import { randomFloats, scribble } from './scribble.js';

const inputs = [
  ...['', ' ', 'abc', '1e3', ' 1.50 ', '0x1F', '-0x_1f', '0b101', '0o17', '0o8', '0x', '0x1.5', '0x1_', '0x__1'],
  ...['1_000.5_5', '1_.5', '1._5', '1__0', '1e1_0', '1e_1', '1e1_', '1 2', '--1', '1e', '1e+', '.', '.e1', '1.2.3'],
  ...['nan', '+nan', ' NaN ', 'inf', '-Infinity', '+inf', 'infinit', '-0', '-0.00', '007.10', '.5', '5.', '-.5e-2'],
  ...['1.5e1', '1.50e1', '12.345e-3', '0.000e2', '100e-2', '0e-5', '00.00e-2', '0.00012e3'],
  ...['1e131071', '1e131072', '-12e131071', '0.01e131073', '0e999999', '0e1073741824', '1e1073741823', '1e1073741824x'],
  ...['1e-16383', '1e-16384', '0e-16384', '10e-16384', `0.${'0'.repeat(16383)}`, `1.${'0'.repeat(16384)}`],
  ...['9'.repeat(200), `0x${'f'.repeat(200)}`, `0b${'1'.repeat(500)}`, `0o${'7'.repeat(100)}`, `${'0'.repeat(300)}.1`],
  ...[`0x${'f'.repeat(110_000)}`, `0x${'0'.repeat(110_000)}1`, '1'.repeat(131_073), '1'.repeat(131_072)],
  ...scribble([...'0159._-+eExX '], 800),
  ...scribble(['0', '00', '9', '5', '.', '1234', 'e', 'e-', 'e1'], 800, 6),
];

describe('numeric', () => {
  test('is read and written as PostgreSQL does it, digit for digit', async () => {
    await expectSameInput('numeric', [...inputs, ...randomFloats(500)], (output) => output);
  });

  test('binary values that no PostgreSQL sends are read or refused as PostgreSQL does it', async () => {
    const values = [
      ...['', '0001', '0000000000000000', '000100000000', '0001000000000000', 'ffff000000000000'],
      ...['00010000000000002710', '0001000000000000ffff', '00010000100000000001', '00010000000040000001'],
      ...['00000000c0000000', '00000000d0000000', '00000000f0000020', '00010000c00000000001', '00010000d00000002710'],
      ...['000200000000000100011234', '000200004000000000001234', '0001ffff4000000204d2', '0001fffe0000000304d2'],
      ...['0003000100000000000000010000', '00027fff0000000000010002', '0001800000003fff0001', '0000000040000002'],
      ...['00010000000000000001ff'],
    ];
    await expectSameBinding(
      'numeric',
      values.map((hex) => Buffer.from(hex, 'hex')),
    );
  });

  test('a thousand small values that ask for a hundred thousand digits each take little memory', () => {
    const huge = Buffer.from('00017fff000000000001', 'hex');
    const before = process.memoryUsage().heapUsed;
    const values = Array.from({ length: 1000 }, () => readParameter('numeric', huge));
    const grown = process.memoryUsage().heapUsed - before;
    expect(values.map((value) => String(value).length)).toContain(131_069);
    expect(grown).toBeLessThan(20_000_000);
  });
});

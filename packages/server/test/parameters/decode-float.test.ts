import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameInput } from './same-as-oracle.js';
import { randomFloats, scribble } from './scribble.js';

const inputs = [
  ...['', ' ', '0', '-0', '+.5', '5.', '.', '-.e1', ' 1.5e-3\t', '1e', '1e+', '1.5.1', '1_0', 'abc', '١'],
  ...['nan', 'NaN ', '-nan', 'inf', '+INF', '-Infinity', ' infinity', 'infin', 'nane', 'e5'],
  ...[
    '1e308',
    '1e309',
    '-1e309',
    ' 1e400abc',
    '5e-324',
    '2e-324',
    '0e999',
    '0.0e-999',
    '1e-400',
    '1.7976931348623159e308',
  ],
  ...['3.4028235e38', '3.4028236e38', '1e39', '1e-45', '7e-46', '7.1e-46', '0.1', '16777217', '1.17549435e-38'],
  ...[`${'1'.repeat(400)}`, `0.${'0'.repeat(400)}1`, `${'0'.repeat(400)}1`, `1e${'9'.repeat(40)}`],
  ...[
    '0x1F',
    '0X1f',
    '0x1p3',
    '-0x.8',
    ' +0x1.8P-3 ',
    '0x1.',
    '0x',
    '0x.',
    '0x1p',
    '0x1p+',
    '0xg',
    '0x1g',
    '-0x0',
    '0x1.2.3',
  ],
  ...['0x0p99999999999', '0x1p1024', '0x1p1023', '0x.00001p1043', '0x1p-1074', '0x1p-1075', '0x1.8p-1075', '0x1p-1076'],
  ...['0x1.fffffffffffff7p1023', '0x1.fffffffffffff8p1023', '0x1.fffffffffffff8', '0x1.fffffep127', '0x1.ffffffp127'],
  ...[
    '0x1.fffffefp127',
    '0x1p-149',
    '0x1p-150',
    '0x1.8p-150',
    '0x1.00000000000008',
    '0x1.00000000000018',
    '0x1.000001',
  ],
  ...[
    '0x1.00000100000000000001',
    '0x1.000003',
    '0x123456789abcdef123456789',
    `0x1p${'9'.repeat(30)} x`,
    '0x1p-99999999999',
  ],
  ...[`0x${'0'.repeat(500)}1`, `0x${'f'.repeat(300)}`, `0x.${'0'.repeat(300)}1p1200`, '0x_1', '0x1_0'],
  ...scribble(['0x', '1', 'f', '8', '.', 'p', 'P-', '+', ' ', '00', '1022'], 400, 7),
  ...scribble(['0', '1', '9', '.', 'e', 'E', '-', '+', ' ', 'inf', 'nan', '00'], 800, 7),
];

describe('floating point numbers', () => {
  test('float8 is read as PostgreSQL reads it, to the last bit', async () => {
    await expectSameInput('float8', [...inputs, ...randomFloats(1000)], Number);
  });

  test('float4 is read as PostgreSQL reads it, and is the same number in text and in binary', async () => {
    await expectSameInput('float4', [...inputs, ...randomFloats(500)], (output) => Math.fround(Number(output)));
  });

  test('a negative zero keeps its sign', () => {
    expect(readParameter('float8', '-0')).toBe(-0);
    expect(readParameter('float8', Buffer.from('8000000000000000', 'hex'))).toBe(-0);
  });
});

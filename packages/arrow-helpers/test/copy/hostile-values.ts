import fc from 'fast-check';
import type { PostgresType } from './copy-in.js';
import { inputs } from './copy-inputs.js';

const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength });

/** What may be a number, of few digits or of many. */
const numbers = fc
  .tuple(
    fc.constantFrom('', '', '', '-', '+', ' '),
    digits(20),
    fc.constantFrom('', '', '.', '.', '_'),
    digits(22),
    fc.constantFrom('', '', '', '', 'e', 'e-', 'E+', 'x', ' '),
    digits(3),
  )
  .map((parts) => parts.join(''));

const integers = fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).chain((value) => {
  return fc.integer({ min: 0, max: 64 }).map((bits) => String(value >> BigInt(bits)));
});

const nearLimits = fc
  .tuple(fc.constantFrom(2n ** 53n, 2n ** 63n, 10n ** 18n), fc.bigInt({ min: -2n, max: 2n }), fc.constantFrom(1n, -1n))
  .map(([limit, more, sign]) => String(sign * (limit + more)));

const decimals = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }),
    fc.integer({ min: 0, max: 30 }),
    fc.integer({ min: 0, max: 12 }),
  )
  .map(([value, fewer, scale]) => {
    const text = String(value / 10n ** BigInt(fewer));
    return scale === 0 ? text : `${text.slice(0, -scale) || '0'}.${text.slice(-scale)}`.replace('-.', '-0.');
  });

/** Doubles of all magnitudes, as JavaScript and PostgreSQL write them, and with digits beyond. */
const doubles = fc
  .tuple(fc.double({ noNaN: true }), fc.integer({ min: -5, max: 5 }), fc.constantFrom(0, 9, 15, 17, 21))
  .map(([value, exponent, precision]) => {
    const number = Math.abs(value) > 1e-8 && Math.abs(value) < 1e8 ? value : (value % 1) * 10 ** exponent;
    return precision === 0 ? String(precision === 0 ? value : number) : number.toPrecision(precision);
  });

/** What lies between two singles, or next to that. */
const betweenSingles = fc
  .tuple(fc.float({ noNaN: true, min: 0, max: 2 ** 100 }), fc.constantFrom('', '1', '001'))
  .map(([value, more]) => {
    const bits = new Int32Array(Float32Array.of(value).buffer);
    bits[0]! += 1;
    const middle = (value + new Float32Array(bits.buffer)[0]!) / 2;
    return middle < 1e15 && middle > 1e-4 ? middle.toFixed(20).replace(/0+$/, '') + more : String(middle);
  });

const part = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));

/** Dates, of which some are none. */
const dates = fc
  .tuple(
    fc.oneof(fc.constantFrom(0, 1, 1900, 2000, 2024, 9999, 10_000), fc.nat(10_200)),
    part(0, 13),
    fc.oneof(part(1, 28), part(0, 32)),
  )
  .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${month}-${day}`);

/** Times of day, of which some are none. */
const times = fc
  .tuple(
    fc.oneof(part(0, 23), part(23, 25)),
    fc.oneof(part(0, 59), part(58, 61)),
    fc.oneof(part(0, 59), part(58, 61)),
    fc.oneof(
      digits(7).map((fraction) => `.${fraction}`),
      fc.constantFrom('', '.99999999999'),
    ),
  )
  .map(([hour, minute, second, fraction]) => `${hour}:${minute}:${second}${fraction}`);

const timestamps = fc
  .tuple(
    dates,
    fc.constantFrom(' ', ' ', ' ', 'T', '  ', ''),
    times,
    fc.constantFrom('', '', '', '+00', '+05', '-08:30', ' BC', 'Z', '+0', 'x'),
  )
  .map((parts) => parts.join(''));

const uuids = fc.tuple(fc.uuid(), fc.constantFrom('', '', '', 'x', '-', ' ')).map((parts) => parts.join(''));

const byType: Readonly<Record<PostgresType, readonly fc.Arbitrary<string>[]>> = {
  int2: [integers, fc.integer({ min: -40_000, max: 40_000 }).map(String), numbers],
  int4: [integers, fc.integer().map(String), numbers],
  int8: [integers, integers, nearLimits, numbers],
  float4: [doubles, betweenSingles, numbers],
  float8: [doubles, doubles, numbers],
  'numeric(10,2)': [numbers, integers, fc.integer().map((value) => String(value / 100))],
  'numeric(38,10)': [numbers, integers, decimals],
  bool: [fc.constantFrom('t', 'f', 't', 'f', 'tx', 'true', '1', 'T')],
  text: [fc.string({ unit: 'grapheme', maxLength: 40 })],
  bytea: [fc.uint8Array().map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`)],
  date: [dates, dates, timestamps],
  time: [times],
  timestamp: [timestamps, timestamps, dates],
  timestamptz: [timestamps, timestamps, dates],
  interval: [times, fc.constantFrom(...inputs.interval)],
  uuid: [uuids],
  'int4[]': [fc.array(fc.integer()).map((values) => `{${values.join()}}`)],
  'text[]': [fc.array(fc.string()).map((values) => `{${values.map((value) => JSON.stringify(value)).join()}}`)],
  'bytea[]': [fc.constantFrom(...inputs['bytea[]'])],
};

const specials = fc.constantFrom(
  ...[
    'infinity',
    '-infinity',
    'NaN',
    'nan',
    '\\N',
    'N',
    '',
    ' ',
    '"',
    '""',
    '\\',
    '\\\\',
    'é',
    '\u0001',
    '-',
    '.',
    '0',
    '-0',
  ],
  ...['9007199254740993', '9223372036854775807', '-9223372036854775808', '9223372036854775808', '16777217'],
  ...['33554431.0000000001', '4294967296', '1e22', '1e23', '2.2250738585072011e-308', '5e-324', '1e309', '0e999'],
  ...Object.values(inputs).flat(),
);

/** Texts for a type, some of them none of its values. */
export function hostileTexts(type: PostgresType): fc.Arbitrary<string> {
  return fc.oneof({ weight: 8, arbitrary: fc.oneof(...byType[type]) }, specials, fc.string({ maxLength: 30 }));
}

/** numerics of a few groups of digits, of which some are none. */
const numericBytes = fc
  .tuple(
    fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 9999 }) }, fc.constantFrom(10_000, 5000, 100)),
      { maxLength: 11 },
    ),
    fc.integer({ min: -6, max: 9 }),
    fc.constantFrom(0, 0, 0, 0x4000, 0x4000, 0xc000, 1),
    fc.integer({ min: 0, max: 14 }),
    fc.constantFrom(0, 0, 0, 0, -1, 1),
  )
  .map(([groups, weight, sign, scale, more]) => {
    const words = [groups.length + (more > 0 ? more : 0), weight & 0xffff, sign, scale, ...groups];
    const bytes = Buffer.alloc(words.length * 2);
    for (const [index, word] of words.entries()) bytes.writeUInt16BE(word, index * 2);
    return more < 0 ? bytes.subarray(0, more) : bytes;
  });

/** Bytes for any type, many of them none of its values. */
export const hostileBytes = fc.oneof(
  ...[1, 2, 4, 8, 16].map((length) => fc.uint8Array({ minLength: length, maxLength: length })),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => Buffer.from(text, 'utf8')),
  fc.uint8Array({ maxLength: 12 }),
  numericBytes,
  numericBytes,
  // Parts of characters, which are text only together.
  fc.constantFrom('c3', 'a9', 'c3a9', 'e282', 'ac', '61').map((hex) => Buffer.from(hex, 'hex')),
  fc.constantFrom('7fffffffffffffff', '8000000000000000', '0000000000000000').map((hex) => Buffer.from(hex, 'hex')),
);

import { isPgError } from '@riffq/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultOutputSettings } from '../../src/output-settings.js';
import { textToBinary, textToText } from '../../src/type-functions/string-conversions.js';
import { type OracleReading, readByOracle } from '../oracle.js';

const numbers = ['1', '2', '-3', '0', '1.5', 'NaN', 'inf', '1e2', ' '];
const geometric = [...numbers, ',', ',', ',', '(', '(', ')', ')'];

/** What texts are made of, such that many are values of the type. */
const pieces: Readonly<Record<string, readonly string[]>> = {
  point: geometric,
  lseg: [...geometric, '[', ']'],
  box: geometric,
  line: [...geometric, '{', '}', '[', ']'],
  path: [...geometric, '[', ']'],
  polygon: geometric,
  circle: [...geometric, '<', '>'],
  int4range: ['1', '5', '-7', ',', ',', '[', '(', ']', ')', ' ', 'empty', '"', '2147483647', '\\'],
  numrange: ['1', '1.0', '5', 'NaN', ',', ',', '[', '(', ']', ')', ' ', 'empty', '""'],
  daterange: ['2024-01-01', '2024-01-02', 'infinity', '-infinity', ',', ',', '[', '(', ']', ')', ' '],
  int4multirange: ['{', '}', '[1,2)', '(2,5]', '[2,3]', 'empty', '(,1)', ',', ' ', '[7,)'],
  nummultirange: ['{', '}', '[1,2)', '(2,5]', '[2,2.0]', 'empty', '(,1)', ',', ' ', '[1.0,2.00)'],
  tsvector: ['a', 'b', "'", "''", '\\', ':', '1', '12', 'A', 'B', 'D', '*', ',', ' ', ' ', 'é', '&'],
  tsquery: [
    'a',
    'b',
    'c',
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
    '&',
    '<->',
    ' a ',
  ],
  jsonpath: [
    ...['$', '$', '@', '.a', '."b c"', '.*', '.**', '{2 to last}', '[*]', '[0, last]', '[1 to $.size()]', '?(@ > 1)'],
    ...['?(', '(', ')', ')', ' && ', ' || ', '!', ' == ', '<=', '<>', ' + ', '-', '*', ' / ', '%', '1', '1.50', '.5'],
    ...['0x1F', '1e3', '1_0', '1.', '00', 'null', 'true', 'exists', 'exists ($.a)', ' is unknown', ' starts with "a"'],
    ...[' like_regex "^a" flag "i"', ' like_regex "a"', 'strict ', 'lax ', '.type()', '.abs()', '.decimal(3,-1)', ' '],
    ...[
      '.datetime("HH")',
      '.time(2)',
      '.string()',
      '.integer',
      '$"v w"',
      '$v',
      '"\\u00e9"',
      '\\',
      '"',
      '/* c */',
      '\n',
      'é',
    ],
  ],
  'jsonpath ': [
    ...[
      '$.',
      '$',
      '"',
      '"',
      '\\',
      '\\u0041',
      '\\u{1F600}',
      '\\ud83d\\ude00',
      '\\ude00',
      '\\x41',
      '\\x4',
      '\\u00',
      '\\n',
      '\\q',
    ],
    ...[
      'a',
      ' ',
      '/',
      '*',
      '/*',
      '*/',
      '1',
      '0',
      '9',
      '_',
      '.',
      'e',
      '+',
      'x',
      "'",
      '\u0001',
      '\u007f',
      '\t',
      'é',
      '😀',
      'to',
      'last',
    ],
  ],
  pg_snapshot: ['1', '10', '20', ':', ':', ',', '12', ' '],
  pg_lsn: ['1', 'A', 'f', '/', '/', '12345678', ' ', 'g'],
  tid: ['1', '2', '(', '(', ',', ',', ')', ')', ' ', '65536', '-'],
  money: ['1', '2', '$', ',', '.', '-', '(', ')', ' ', '9'],
};

function ours(oid: number, input: string): OracleReading {
  try {
    const output = textToText(oid, defaultOutputSettings)?.(input) ?? '';
    return { input, output, binary: Buffer.from(textToBinary(oid)?.(input) ?? []).toString('hex') };
  } catch (error) {
    if (isPgError(error)) return { input, sqlstate: error.sqlstate };
    throw error;
  }
}

test.each(Object.entries(pieces))('%s of any text is what PostgreSQL makes of it', async (type, parts) => {
  const text = fc.array(fc.constantFrom(...parts), { maxLength: 14 }).map((found) => found.join(''));
  const inputs = [...new Set(fc.sample(text, { seed: 11, numRuns: 4000 }))];
  const { oid, readings } = await readByOracle(type.trim(), inputs);
  expect(readings.some((reading) => 'output' in reading)).toBe(true);
  expect(readings.map(({ input }) => ours(oid, input))).toEqual(readings);
});

import fc from 'fast-check';
import { test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';

const runs = { seed: 7, numRuns: 200 };

const numbers = fc.constantFrom(
  ...[
    '1',
    '2.5',
    '-0',
    '0',
    '1e400',
    '1e-400',
    'NaN',
    'inf',
    '-infinity',
    '.5',
    '1e3',
    ' 3',
    '4 ',
    '0x10',
    'x',
    '',
    '1e-7',
    '3',
  ],
);
const point = fc.oneof(
  fc.constantFrom('(1,2)', '(3,4)', '1,2', ' ( 5 , 6 ) '),
  fc.tuple(numbers, numbers).map(([x, y]) => `(${x},${y})`),
);
const points = fc
  .tuple(
    fc.constantFrom('(', '[', '<', '', '', '(('),
    fc.array(point, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(',', ', ', ' ,', ''),
    fc.oneof(
      fc.constant(''),
      numbers.map((number) => `,${number}`),
    ),
    fc.constantFrom(')', ']', '>', '', '', '))'),
  )
  .map(([open, list, comma, last, close]) => open + list.join(comma) + last + close);
const line = fc.tuple(numbers, numbers, numbers).map((coefficients) => `{${coefficients.join(',')}}`);
const mess = fc
  .array(fc.oneof(fc.constantFrom(...'()[]{}<>, '), numbers), { maxLength: 9 })
  .map((pieces) => pieces.join(''));
const shapes = [
  ...[
    '',
    ' ',
    '(1,2)',
    '1,2',
    '[(1,2),(3,4)]',
    '((1,2),(3,4))',
    '1,2,3,4',
    '{1,2,3}',
    '{0,0,1}',
    '(1,2),(1,2)',
    '(1,2),(1,5)',
  ],
  ...[
    '(1,2),(4,2)',
    '<(1,2),3>',
    '((1,2),3)',
    '1,2,3',
    '<(1,2),-3>',
    '<(1,2),NaN>',
    '((1,2,3,4))',
    '[(1,2),(3,4),(5,6)]',
  ],
  ...['(1,2', '(1,2)x', '[(1,2),(3,4))', '<1,2,3>', '<(1,2),3)', '(0,-inf),(1,2)'],
];

test.each(['point', 'lseg', 'box', 'line', 'path', 'polygon', 'circle'])(
  'odd texts of %s are read as PostgreSQL reads them',
  async (type) => {
    const generated = fc.sample(fc.oneof(points, points, line, mess), runs);
    await expectSameBinding(type, [...shapes, ...generated]);
  },
);

const bounds = fc.constantFrom(
  ...[
    '1',
    '5',
    ' 7 ',
    '10',
    '',
    '""',
    '"1"',
    'x',
    '2147483647',
    '9223372036854775807',
    '2024-01-01',
    '"2024-01-02 03:04"',
  ],
  ...[
    'infinity',
    '-infinity',
    '"Jan 8, 1999"',
    '\\1',
    '1.50',
    'NaN',
    '1e3',
    '01/02/2024',
    '2024-13-01',
    '"a""b"',
    '(',
    '[',
  ],
  ...['empty', '5874897-12-31', '0044-03-15 BC'],
);
const range = fc
  .tuple(
    fc.constantFrom('[', '(', '[', '(', ''),
    bounds,
    fc.constantFrom(',', ',', ',', '', ', '),
    bounds,
    fc.constantFrom(']', ')', ']', ')', '', ' '),
  )
  .map((parts) => parts.join(''));
const multirange = fc
  .tuple(fc.array(range, { maxLength: 3 }), fc.constantFrom(',', ', ', ' ,', ' '))
  .map(([ranges, comma]) => `{${ranges.join(comma)}}`);
const oddRanges = [
  ...[
    'empty',
    ' EMPTY ',
    'emptyx',
    'empty x',
    '',
    ' ',
    '[',
    '[1',
    '[1,',
    '[1,2',
    '[1,2,3]',
    '[1,5) x',
    '(,)',
    '["1,5)',
  ],
  ...['[(1,5)', '[1,5]', '(1,2)', '(1,1]'],
];
const oddMultiranges = [
  ...[
    '{}',
    ' { } ',
    '{empty}',
    '{empty,[1,2]}',
    '{[1,2],[2,5)}',
    '{[5,6),[1,2)}',
    '{',
    '{[1,2]',
    '{[1,2],}',
    '{[1,2]} x',
    '',
  ],
  ...['{x}', '{[1,2]x}', '{empty empty}', '{ [1,3] , (2,9) }', '{["1","]"]}', '{[\\],2]}', '{[x,1],[', '{,}'],
];

test.each(['int4', 'int8', 'num', 'date', 'ts', 'tstz'])(
  'odd texts of %s ranges are read as PostgreSQL reads them',
  async (name) => {
    await expectSameBinding(`${name}range`, [...oddRanges, ...fc.sample(range, runs)]);
    await expectSameBinding(`${name}multirange`, [...oddMultiranges, ...fc.sample(multirange, runs)]);
  },
);

const lexemes = [
  ...[
    'a',
    "'a b'",
    'b:1',
    'b:2A,3b',
    "c:1c 'c':2",
    'a:0',
    'a:',
    ':1',
    "''",
    "'",
    '\\',
    'a\\ b',
    "'it''s'",
    "'a\\'b'",
    'a:1x',
  ],
  ...[
    'a:1A2',
    'a:99999',
    'a:1,1A',
    'a:1*',
    'é:3',
    'a::1',
    "'x':1a,2B",
    ' a  b ',
    'a:1 a:2 a:1B',
    "a'b",
    "'a'b",
    '&',
    'x:1,',
  ],
  ...['A a', 'ab aa b', 'a:1A2B', 'a:1d2a', 'a:1a2d', 'b:12,13c'],
];

test('odd texts of tsvector are read as PostgreSQL reads them', async () => {
  const some = fc
    .tuple(fc.array(fc.constantFrom(...lexemes), { minLength: 1, maxLength: 4 }), fc.constantFrom(' ', '', '  '))
    .map(([words, space]) => words.join(space));
  const many = Array.from({ length: 300 }, (_, at) => `a:${at + 1}`).join(' ');
  const texts = [...lexemes, many, 'x'.repeat(2046), 'x'.repeat(2047), ...fc.sample(some, runs)];
  await expectSameBinding('tsvector', texts);
});

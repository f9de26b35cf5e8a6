import fc from 'fast-check';
import { test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';

const pieces = [
  ...['$', '$', '@', '.a', '."b c"', '.*', '.**', '{2 to last}', '{', '}', '[*]', '[0, last]', '[1 to $.size()]'],
  ...['?(@ > 1)', '?(', '(', ')', ')', ' && ', ' || ', '!', ' == ', '<=', ' + ', '-', '*', '%', '1', '1.50', '.5'],
  ...['0x1F', '1e3', '1e', '1e+', '1_0', '00', 'null', 'true', 'exists ($.a)', ' is unknown', ' starts with "a"'],
  ...[' like_regex "^a" flag "i"', ' flag "x"', ' flag "é"', 'strict ', 'lax ', '.type()', '.decimal(3,-1)', ' '],
  ...['.decimal(1,2,3)', '.datetime("HH")', '.time(2)', '.time(', '.string', '$"v w"', '$v', '"\\u00e9"', '\\', '"'],
  ...['/* c */', '/*', '\n', 'é', '\\u0041', '\\ud83d\\ude00', '\\ude00', '\\x4', '\\u{110000}', '\\u0000', '1e200000'],
];

test('jsonpath of any text is what PostgreSQL makes of it, or its error', async () => {
  const paths = fc
    .sample(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), { seed: 4, numRuns: 3000 })
    .map((parts) => parts.join(''));
  await expectSameBinding('jsonpath', [...new Set(['', ' ', '/**/', ...paths])]);
});

test('jsonpath in binary is a version and any text', async () => {
  const texts = ['', '$', '$.a[*] ? (@.b>1)', '$.', 'strict $ . a'];
  await expectSameBinding('jsonpath', [
    ...texts.map((text) => Buffer.from(`\u0001${text}`)),
    Buffer.from('\u0002$'),
    Buffer.alloc(0),
  ]);
});

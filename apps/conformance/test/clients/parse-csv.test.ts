import { expect, test } from 'vitest';
import { parseCsv } from '../../src/clients/parse-csv.js';

test.each([
  ['', []],
  ['a,b\n', [['a', 'b']]],
  ['a\n\n', [['a'], ['']]],
  [',\n', [['', '']]],
  [
    '"a,b","c""d","e\nf"\n"",g\n',
    [
      ['a,b', 'c"d', 'e\nf'],
      ['', 'g'],
    ],
  ],
])('%j', (text, rows) => {
  expect(parseCsv(text)).toEqual(rows);
});

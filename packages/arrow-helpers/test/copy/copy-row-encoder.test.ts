import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CopyRowEncoder } from '../../src/copy/copy-row-encoder.js';
import type { RawCopyOption } from '../../src/copy/options/copy-options.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { CopyOracle } from './copy-oracle.js';
import { copyPayloads, writeCopyOptions } from './encode-copy.js';

const csv: RawCopyOption = { name: 'format', value: 'csv' };
const optionLists: readonly (readonly RawCopyOption[])[] = [
  [],
  [{ name: 'delimiter', value: '|' }, { name: 'header' }, { name: 'null', value: 'x' }],
  [csv, { name: 'header' }],
  [csv, { name: 'force_quote', value: { columns: ['b'] } }, { name: 'quote', value: "'" }],
  [{ name: 'format', value: 'binary' }],
];

// Text and binary of a text are the same bytes.
const columns = [{ name: 'a' }, { name: 'b' }];
const rows: readonly (readonly (string | null)[])[] = [
  ['', null],
  [null, 'plain'],
  ['a "b", \'c\'|d', '\\N \\. \\'],
  ['tab\tline\nreturn\r\b\f\v', 'é 漢 🙂'],
  ['x', '\\.'],
];

describe('rows that are encoded already', () => {
  let oracle: CopyOracle;
  beforeAll(async () => {
    oracle = await CopyOracle.open();
  });
  afterAll(() => oracle[Symbol.asyncDispose]());

  for (const given of [rows, []]) {
    test.each(optionLists.map((options) => [writeCopyOptions(options), options] as const))(
      `${given.length} of them are copied as PostgreSQL does, with %s`,
      async (written, options) => {
        const values = given.map((row) => `(${row.map(literal).join()})`);
        const source = values.length > 0 ? `VALUES ${values.join()}` : 'SELECT NULL, NULL WHERE false';
        const { data, error } = await oracle.run(
          `COPY (SELECT a, b FROM (${source}) AS x (a, b)) TO STDOUT${written && ` (${written})`}`,
        );
        expect(error).toBeUndefined();
        const encoder = new CopyRowEncoder(columns, resolveCopyOptions(options, 'to'));
        const bytes = given.map((row) => encoder.encode(row.map((text) => (text === null ? null : Buffer.from(text)))));
        expect(copyPayloads(Buffer.concat([encoder.header(), ...bytes, encoder.trailer()]))).toEqual(data);
      },
    );
  }

  test('a FORCE_QUOTE column that there is not is refused', () => {
    const options = resolveCopyOptions([csv, { name: 'force_quote', value: { columns: ['c'] } }], 'to');
    expect(() => new CopyRowEncoder(columns, options)).toThrow('column "c" does not exist');
  });
});

function literal(text: string | null): string {
  return text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`;
}

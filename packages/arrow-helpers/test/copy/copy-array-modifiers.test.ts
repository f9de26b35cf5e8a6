import { isPgError } from '@riffq/wire';
import { type DataType, Decimal, Field, List, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { CopyDecoder } from '../../src/copy/copy-decoder.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { toArrow } from '../../src/to-arrow.js';
import { assign } from '../assigned-values.js';
import { encodeCopy } from './encode-copy.js';

const texts: Readonly<Record<string, readonly string[]>> = {
  'varchar(2)': [
    '{ab}',
    '{abc}',
    '{"ab  "}',
    '{éé,NULL}',
    '{ééé}',
    '{{a,bc},{d,""}}',
    '{{a,bcd}}',
    '{}',
    '[2:3]={a,b}',
  ],
  'char(2)': ['{a}', '{ab,NULL}', '{abc}', '{"ab  "}', '{{a},{abc}}'],
  'numeric(5,2)': ['{1.005,2}', '{1234.5}', '{999.994,NULL}', '{999.995}', '{x}'],
  'bit(3)': ['{101}', '{10}', '{101,1011}', '{NULL,000}'],
  'varbit(3)': ['{101,1}', '{1011}'],
  'interval day': ['{1 day 3 hours}'],
  'timestamp(1)': ['{2024-01-02 03:04:05.678,infinity}'],
};

const numerics = ['NaN', 'infinity', '1.005', '1234.5'];

function decode(schema: Schema, text: string): string {
  const decoder = new CopyDecoder(schema, resolveCopyOptions([], 'from'), { table: 't' });
  try {
    const batches = [...decoder.push(Buffer.from(`${text}\n`)), ...decoder.end()];
    return Buffer.concat(encodeCopy(batches, resolveCopyOptions([], 'to')))
      .toString()
      .trimEnd();
  } catch (error) {
    if (isPgError(error)) return `${error.sqlstate} ${error.message}`;
    throw error;
  }
}

async function assigned(type: string, values: readonly string[]): Promise<readonly (string | null)[]> {
  const all = await assign(type, values);
  return all.map((value) =>
    'sqlstate' in value ? `${value.sqlstate} ${value.message}` : (value.text?.trimEnd() ?? null),
  );
}

const declared = (type: DataType, name: string): Schema =>
  new Schema([new Field('value', type, true, new Map([['PG:type', name]]))]);
const listOf = (type: DataType): List => new List(new Field('item', type, true));
const isFlat = (text: string): boolean => !text.startsWith('{{') && !text.startsWith('[');

describe('COPY holds the elements of arrays to their modifier, as PostgreSQL does:', () => {
  test.each(Object.entries(texts))('%s', async (element, values) => {
    const type = `${element.replace('timestamp(1)', 'timestamp(1)')}[]`;
    const strings = declared(new Utf8(), type);
    expect(values.map((text) => decode(strings, text))).toEqual(await assigned(type, values));
    const flat = values.filter(isFlat);
    for (const schema of [declared(listOf(new Utf8()), type), toArrow([{ name: 'value', type }], []).schema]) {
      expect(flat.map((text) => decode(schema, text))).toEqual(await assigned(type, flat));
    }
  });

  test('varchar(2)[] of two dimensions in lists of lists', async () => {
    const schema = declared(listOf(listOf(new Utf8())), 'varchar(2)[]');
    const values = ['{{a,bc},{d,NULL}}', '{{a,bcd}}'];
    expect(values.map((text) => decode(schema, text))).toEqual(await assigned('varchar(2)[]', values));
  });
});

test('COPY takes NaN as numeric(5,2) into strings, and says that a decimal has none', async () => {
  const values = declared(new Utf8(), 'numeric(5,2)');
  expect(numerics.map((text) => decode(values, text))).toEqual(await assigned('numeric(5,2)', numerics));
  expect(decode(declared(new Decimal(2, 5, 128), 'numeric(5,2)'), 'NaN')).toMatch(/^22003 /);
});

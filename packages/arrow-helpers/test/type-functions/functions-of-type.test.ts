import { typeTexts } from '@riffq/all-types';
import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { defaultOutputSettings } from '../../src/output-settings.js';
import { binaryToText, textToBinary, textToText } from '../../src/type-functions/string-conversions.js';
import { readByOracle } from '../oracle.js';

function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('hex');
}

async function expectSameAsOracle(type: string, inputs: readonly string[]): Promise<void> {
  const { oid, readings } = await readByOracle(type, inputs);
  for (const reading of readings) {
    if ('sqlstate' in reading) throw new Error(`${reading.sqlstate} of ${type} ${reading.input}`);
    const { output, binary } = reading;
    const bytes = Buffer.from(binary, 'hex');
    expect(hex(textToBinary(oid)?.(output)), `${type} ${output} in binary`).toBe(binary);
    // PostgreSQL sends them, and does not take them.
    const isUntaken = output === '' && /^tsquery|vector$/.test(type);
    if (!isUntaken) expect(binaryToText(oid)?.(bytes) ?? bytes.toString(), `${type} as text`).toBe(output);
    expect(textToText(oid, defaultOutputSettings)?.(output) ?? output, `${type} printed again`).toBe(output);
  }
}

describe('values go from text to binary and back as PostgreSQL itself puts them:', () => {
  test.each(typeTexts)('$type', ({ type, texts }) => expectSameAsOracle(type, texts));

  test.each(typeTexts.filter(({ type }) => !/^(int2|oid)vector$/.test(type)))(
    'arrays of $type',
    async ({ type, texts }) => {
      const delimiter = type === 'box' ? ';' : ',';
      const quoted = texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`);
      const list = quoted.join(delimiter);
      const literals = [
        '{}',
        `{${list}${delimiter}NULL}`,
        `{{${list}}${delimiter}{${list}}}`,
        `[-2:${quoted.length - 3}]={${list}}`,
      ];
      await expectSameAsOracle(`${type}[]`, literals);
    },
  );

  test('floats of all sizes', async () => {
    const powers = Array.from({ length: 40 }, (_, at) => `-1.25e${at - 20}`);
    await expectSameAsOracle('float8', [...powers, '-0', '5e-324', '123456789012345.6', '100000', '0.0001']);
    await expectSameAsOracle('float4', [...powers, '-0', '1e-45', '16777216', '0.1', '123456']);
  });

  test('numerics of all scales', () =>
    expectSameAsOracle('numeric', ['10000', '0.0001', '-0.00010000', '99999.99999', '1e30', '12345678.9', '1e-20']));

  test('dates and times before and after the epoch', async () => {
    await expectSameAsOracle('date', ['2000-01-01', '1999-12-31', '1900-02-28', '4714-11-24 BC', '5874897-12-31']);
    await expectSameAsOracle('timestamp', ['1999-12-31 23:59:59.999999', '4714-11-24 00:00:00 BC', '-infinity']);
    await expectSameAsOracle('interval', ['-1 years -2 mons +3 days -04:05:06.789', '300:00:00', '-00:00:00.000001']);
  });
});

test('a time stamp in a zone of its own is the same moment in binary', () => {
  const toBinary = textToBinary(typeOid.timestamptz);
  const inUtc = toBinary?.('2024-01-01 22:04:05+00');
  expect(toBinary?.('2024-01-02 03:34:05+05:30')).toEqual(inUtc);
  expect(toBinary?.('2024-01-01 14:04:05-08')).toEqual(inUtc);
});

describe('names of OIDs', () => {
  test('are numbers in binary, and 0 is printed as PostgreSQL prints it', () => {
    expect(hex(textToBinary(typeOid.regclass)?.('4294967295'))).toBe('ffffffff');
    expect(hex(textToBinary(typeOid.regtype)?.('-'))).toBe('00000000');
    expect(textToText(typeOid.regtype, defaultOutputSettings)?.('0')).toBe('-');
  });

  test('that are no numbers are text alone', () => {
    expect(textToText(typeOid.regclass, defaultOutputSettings)?.('pg_class')).toBe('pg_class');
    expect(() => textToBinary(typeOid.regclass)?.('pg_class')).toThrow(
      expect.objectContaining({ sqlstate: '0A000', message: 'the OID of "pg_class" is not known' }),
    );
  });
});

test('a type of another installation has no conversion', () => {
  expect(textToBinary(typeOid.int4 + 100_000)).toBeUndefined();
});

test('jsonb that is not as PostgreSQL prints it is so in both formats', () => {
  const document = Buffer.from('\u0001{"b":1e2,"a":1}');
  expect(Buffer.from(textToBinary(typeOid.jsonb)?.('{"b":1e2,"a":1}') ?? []).toString()).toBe(
    '\u0001{"a": 1, "b": 100}',
  );
  expect(binaryToText(typeOid.jsonb)?.(document)).toBe('{"a": 1, "b": 100}');
});

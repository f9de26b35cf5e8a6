import { typeTexts } from '@riffq/all-types';
import { BufferReader, typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { conversionOfType, type ValueConversion } from '../../src/type-functions/value-conversion.js';
import { readByOracle } from '../oracle.js';
import { textAlone } from './text-alone.js';

function conversionOf(oid: number): ValueConversion {
  const conversion = conversionOfType(oid);
  if (conversion === undefined) throw new Error(`values of the type with OID ${oid} cannot be converted`);
  return conversion;
}

async function expectSameAsOracle(type: string, inputs: readonly string[]): Promise<void> {
  const { oid, readings } = await readByOracle(type, inputs);
  const { toText, toBinary } = conversionOf(oid);
  for (const reading of readings) {
    if ('sqlstate' in reading) throw new Error(`${reading.sqlstate} of ${type} ${reading.input}`);
    const { output, binary } = reading;
    expect(Buffer.from(toBinary(output)).toString('hex'), `${type} ${output} in binary`).toBe(binary);
    expect(toText(new BufferReader(Buffer.from(binary, 'hex'), type)), `${type} as text`).toBe(output);
  }
}

const converted = typeTexts.filter(({ type }) => !textAlone.has(type));

describe('values go from text to binary and back as PostgreSQL itself puts them:', () => {
  test.each(converted)('$type', ({ type, texts }) => expectSameAsOracle(type, texts));

  test.each(converted.filter(({ type }) => !type.endsWith('vector')))('arrays of $type', async ({ type, texts }) => {
    const quoted = texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`);
    const list = quoted.join(',');
    const literals = ['{}', `{${list},NULL}`, `{{${list}},{${list}}}`, `[-2:${quoted.length - 3}]={${list}}`];
    await expectSameAsOracle(`${type}[]`, literals);
  });

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
  const { toBinary } = conversionOf(typeOid.timestamptz);
  const inUtc = toBinary('2024-01-01 22:04:05+00');
  expect(toBinary('2024-01-02 03:34:05+05:30')).toEqual(inUtc);
  expect(toBinary('2024-01-01 14:04:05-08')).toEqual(inUtc);
});

test('text that is not in ISO style says so', () => {
  expect(() => conversionOf(typeOid.date).toBinary('02/29/2024')).toThrow('its text is not in ISO style');
  expect(() => conversionOf(typeOid.interval).toBinary('P1D')).toThrow("its text is not in PostgreSQL's own style");
});

test.each([...textAlone])('%s has no conversion', async (type) => {
  const { oid } = await readByOracle(type, []);
  expect(conversionOfType(oid)).toBeUndefined();
});

test('a type of another installation has no conversion', () => {
  expect(conversionOfType(typeOid.int4 + 100_000)).toBeUndefined();
});

test('jsonb that is not as PostgreSQL prints it is so in binary', () => {
  const { toBinary, toText } = conversionOf('jsonb');
  expect(Buffer.from(toBinary('{"b":1e2,"a":1}')).toString()).toBe('\u0001{"a": 1, "b": 100}');
  expect(toText(new BufferReader(Buffer.from('\u0001{"b":1e2,"a":1}'), 'jsonb'))).toBe('{"a": 1, "b": 100}');
});

import { typeTexts } from '@riffq/all-types';
import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { textToBinary, textToText } from '../../src/type-functions/string-conversions.js';
import { readByOracle } from '../oracle.js';
import { textAlone } from './text-alone.js';

const convertible = typeTexts.filter(({ type }) => !textAlone.has(type));

describe('strings that are declared as another type', () => {
  test.each(convertible)('$type: what PostgreSQL prints stays as it is', async ({ type, texts }) => {
    const { oid, readings } = await readByOracle(type, texts);
    const toText = textToText(oid) ?? Buffer.from;
    for (const reading of readings) {
      if ('sqlstate' in reading) throw new Error(`${reading.sqlstate} of ${reading.input}`);
      expect(Buffer.from(toText(reading.output)).toString()).toBe(reading.output);
    }
  });

  test.each([
    ['int4', ['', 'x', '1.5', '2147483648', '-2147483649']],
    ['int8', ['', ' ', 'abc', '9223372036854775808', '18446744073709551616']],
    ['xid8', ['x', '18446744073709551616']],
    ['numeric', ['', '1e', 'abc', '--1']],
    ['float8', ['', '1,5', '1e400']],
    ['bool', ['', 'maybe', '2']],
    ['uuid', ['', 'x', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1']],
    ['date', ['2024-02-30', '2023-02-29', '2024-13-01', '2024-00-10', '2024-01-00', '2024-04-31', '5874898-01-01']],
    ['time', ['25:00:00', '12:60:00', '24:00:01', '12:30:61']],
    ['timestamp', ['2024-02-30 00:00:00', '2024-01-01 25:00:00', '294277-01-01 00:00:00', '4714-11-23 23:59:59 BC']],
    ['timestamptz', ['2024-02-30 00:00:00+00', '2024-01-01 00:60:00+00', '4714-11-23 23:59:59+00 BC']],
    ['inet', ['10.0.0', '10.0.0.1/33', '10.0.0.1/', '10.0.0.1/x', '10.0.0.1/8/8', '::1/129']],
    ['cidr', ['10.0.0.1/8', '::1/64']],
    ['macaddr', ['08:00:2b:01:02', '08:00:2b:01:02:zz', '08:00:2b:01:02:03:zz']],
    ['varbit', ['012', 'a']],
    ['bytea', ['\\x0', '\\xzz']],
    ['int4[]', ['1', '{1', '{1,x}']],
  ])('%s: what is no value of it is the error that PostgreSQL has', async (type, texts) => {
    const { oid, readings } = await readByOracle(type, texts);
    for (const reading of readings) {
      const { input } = reading;
      if (!('sqlstate' in reading)) throw new Error(`PostgreSQL takes ${input} for ${type}`);
      const { sqlstate } = reading;
      for (const convert of [textToText(oid), textToBinary(oid)]) {
        expect(() => convert?.(input), `${type} ${input}`).toThrow(expect.objectContaining({ sqlstate }));
      }
    }
  });

  test.each([
    ['uuid', ['{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}', 'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11']],
    ['inet', ['10.1/16', '192.168.1/24', '::FFFF:1.2.3.4', '10.0.0.1/32', 'FE80::1/64']],
    ['cidr', ['10', '192.168.1', '10.1/16', '2001:DB8::/32', '::1']],
    ['macaddr', ['08-00-2B-01-02-03', '08002b:010203', '0800.2b01.0203', '8:0:2B:1:2:3']],
    ['macaddr8', ['08-00-2b-01-02-03-04-05', '08002b0102030405', '08:00:2b:01:02:03']],
  ])('%s: other forms become what PostgreSQL makes of them', async (type, texts) => {
    const { oid, readings } = await readByOracle(type, texts);
    for (const reading of readings) {
      if ('sqlstate' in reading) throw new Error(`${reading.sqlstate} of ${reading.input}`);
      expect(Buffer.from(textToText(oid)?.(reading.input) ?? []).toString()).toBe(reading.output);
      expect(Buffer.from(textToBinary(oid)?.(reading.input) ?? []).toString('hex')).toBe(reading.binary);
    }
  });

  test('are as PostgreSQL prints them, however they were written', () => {
    const printed = (type: keyof typeof typeOid, text: string) =>
      Buffer.from(textToText(typeOid[type])?.(text) ?? []).toString();
    expect(printed('bool', 'yes')).toBe('t');
    expect(printed('int4', ' 0x1F ')).toBe('31');
    expect(printed('numeric', '1e3')).toBe('1000');
    expect(printed('uuid', '{A0EEBC999C0B4EF8BB6D6BB9BD380A11}')).toBe('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
    expect(printed('timestamptz', '2024-01-02 03:34:05+05:30')).toBe('2024-01-02 03:34:05+05:30');
  });
});

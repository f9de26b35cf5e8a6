import { typeTexts } from '@riffq/all-types';
import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { defaultOutputSettings } from '../../src/output-settings.js';
import { textToBinary, textToText } from '../../src/type-functions/string-conversions.js';
import { readByOracle } from '../oracle.js';

const convertible = typeTexts;

describe('strings that are declared as another type', () => {
  test.each(convertible)('$type: what PostgreSQL prints stays as it is', async ({ type, texts }) => {
    const { oid, readings } = await readByOracle(type, texts);
    const toText = textToText(oid, defaultOutputSettings) ?? String;
    for (const reading of readings) {
      if ('sqlstate' in reading) throw new Error(`${reading.sqlstate} of ${reading.input}`);
      expect(toText(reading.output)).toBe(reading.output);
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
    ['money', ['x', '$1.2.3', '100000000000000000']],
    ['pg_lsn', ['', '1', '1/', '1/123456789', 'g/1']],
    ['tid', ['', '(1)', '(1,2', '(4294967296,1)', '(1,65536)']],
    ['pg_snapshot', ['', '1:2', '2:1:', '0:1:', '1:3:3', '1:9:3,2', '1:9:x']],
    ['point', ['', '1', '1,', '(1,2', '1,2)', '(1,2,3)', '1e400,1', '(a,b)', '(1,2)x']],
    ['lseg', ['', '1,2', '(1,2)', '[(1,2),(3,4)', '(1,2),(3,4),(5,6)']],
    ['box', ['', '[(1,2),(3,4)]', '(1,2)', '((1,2),(3,4)']],
    ['line', ['', '{0,0,1}', '{1,2}', '(1,2),(1,2)', '{1,2,3', '[(1,2)]']],
    ['path', ['', '[]', '(1,2,3)', '[(1,2),(3,4)', '((1,2)']],
    ['polygon', ['', '()', '[(1,2)]', '(1,2,3)']],
    ['circle', ['', '<(1,2)>', '<(1,2),-1>', '(1,2', '<(1,2),3', '1,2']],
    ['int4range', ['', '1,2', '[1,2', '[1 2]', '[2,1]', '[x,1]', '(2147483646,2147483647]', '[1,2]x', 'emptyish']],
    ['int8range', ['[1,9223372036854775807]']],
    ['numrange', ['[2,1]', '[a,1]']],
    ['daterange', ['[2024-02-30,)', '[2024-01-02,2024-01-01]', '(,5874897-12-31]']],
    ['tsrange', ['[2024-01-01 25:00,)']],
    ['int4multirange', ['', '{', '{[1,2)', '{[1,2),}', '{1}', '{[2,1]}']],
    ['tsvector', ["'a", 'a:', 'a:x', 'a:0', 'a:1x', "''", 'a:1AB']],
    ['tsquery', ['a &', '& a', 'a b', '(a', 'a)', '!', '()', "'a", 'a <x> b', 'a <99999> b', ':a']],
    ['jsonpath', ['', '$.', '@', 'last', '$[', '$ ? ($.a)', '$.a b', '"', '1a', '$.decimal(1,2,3)', '\\u0000']],
  ])('%s: what is no value of it is the error that PostgreSQL has', async (type, texts) => {
    const { oid, readings } = await readByOracle(type, texts);
    for (const reading of readings) {
      const { input } = reading;
      if (!('sqlstate' in reading)) throw new Error(`PostgreSQL takes ${input} for ${type}`);
      const { sqlstate } = reading;
      for (const convert of [textToText(oid, defaultOutputSettings), textToBinary(oid)]) {
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
    ['money', ['1234.5', '-$1,234.56', '($5)', '$0.005', '92233720368547758.07']],
    ['pg_lsn', ['16/b374d848', '0/0', '00000001/000000ff']],
    ['tid', ['( 1, 2)', '(0,1)', '(4294967295,65535)']],
    ['pg_snapshot', ['10:20:10,14,14,15', '1:1:', '18446744073709551614:18446744073709551615:']],
    ['point', ['1,2', ' ( 1.5 , -2e3 ) ', '(nan,inf)', '0x1p3,1', '(-0,+1)']],
    ['lseg', ['1,2,3,4', '((1,2),(3,4))', '[(1,2),(3,4)]', ' [ 1,2 , 3,4 ] ', '(1,2),(3,4)', '[(1,2),(3,4))']],
    ['box', ['1,2,3,4', '((1,2),(3,4))', '(3,1),(1,3)', '(NaN,1),(2,3)', '( 1,2 ),( 3,4 )']],
    ['line', ['{1,-1,0.5}', '1,2,3,5', '[(1,2),(1,5)]', '((1,2),(4,2))', '[(0,0),(1,1)]', '{ 1 , 2 , 3 }']],
    ['path', ['1,2,3,4', '(1,2)', '((1,2),(3,4))', '[(1,2),(3,4)]', '(1,2),(3,4)', '( (1,2) )', '[1,2,3,4]']],
    ['polygon', ['1,2,3,4', '((0,0),(1,0.5),(0,1))', '(0,0),(1,1)', '(1,2)']],
    ['circle', ['<(1,2),3>', '((1,2),3)', '(1,2),3', '1,2,3', '< 1 , 2 , 3 >', '<(1,2),NaN>', '<(1,2),3)']],
    ['int4range', ['[1,5]', '(1,5)', '(1,2)', ' [ 1 , 5 ] ', '[,]', 'EMPTY', '(,5]', '["1","5")', '[1,1]', '[2,2)']],
    ['int8range', ['(1,5]', '[9223372036854775807,)']],
    ['numrange', ['[1.50,2]', '(1,1]', '[NaN,)', '(-inf,inf)', '[1e2,1E3)']],
    ['daterange', ['[2024-01-01,2024-01-31]', '[-infinity,infinity]', '(infinity,)', '[today,today)', '[J2451187,)']],
    ['tsrange', ['[2024-01-01,2024-01-02]', '["2024-01-01 10:00","2024-01-01 11:00")']],
    ['tstzrange', ['["2024-01-01 10:00+02","2024-01-01 11:00+01"]', '(,infinity)']],
    [
      'int4multirange',
      ['{}', '{[5,6],[1,3]}', '{[1,3],[4,6)}', '{empty,[1,2)}', ' { (1,2] , (7,) } ', '{[1,5],[2,3]}'],
    ],
    ['nummultirange', ['{[1.0,2),[2,3.0]}', '{(1,2),(2,3)}', '{[1,2],[1.0,2.00]}']],
    ['tstzmultirange', ['{[2024-01-01,2024-01-02),[2024-01-02,2024-01-03]}']],
    [
      'tsvector',
      ['a fat cat', 'b:3B,1 a:2 b:1A', "'a b''c' \\\\x", 'a:99999,5 c:1D', "z 'zz' é", 'a:1*', "a'b", 'a:5,5A,5B'],
    ],
    [
      'tsquery',
      [
        'a & b | c',
        'a | b & !c',
        '!(a & b)',
        'a <-> b <2> c',
        "'x y':*AB & z",
        'a <-> (b | c) & !!d',
        '((a))',
        '',
        '!a <-> b',
        'a & (b & c)',
        'a <-> (b <-> c)',
        'a:b',
        'a:*&b',
        '!a&b',
        'a|b|c',
        'a <0> b',
        "'it''s'",
      ],
    ],
    [
      'jsonpath',
      [
        '$',
        'strict $.a.b',
        'lax $.*.**{1 to last}[*][1, last-1 to $.size()]',
        '$ ? (@.a>1&&!(@.b=="x\\u00e9")||exists(@.c))',
        '(-1).abs()+- 2*$.a',
        '(($.a+1)*2).floor()-3',
        '($ == 1).type()',
        '$.a like_regex "^x" flag "mi"',
        '($.a starts with $"v w") is unknown',
        '$.decimal(5,-1).datetime("HH24").time_tz(0x2)',
        '1_000.50e3',
      ],
    ],
  ])('%s: other forms become what PostgreSQL makes of them', async (type, texts) => {
    const { oid, readings } = await readByOracle(type, texts);
    for (const reading of readings) {
      if ('sqlstate' in reading) throw new Error(`${reading.sqlstate} of ${reading.input}`);
      expect(textToText(oid, defaultOutputSettings)?.(reading.input)).toBe(reading.output);
      expect(Buffer.from(textToBinary(oid)?.(reading.input) ?? []).toString('hex')).toBe(reading.binary);
    }
  });

  test("a jsonpath that is nested without end is an error, as one beyond PostgreSQL's stack", () => {
    const path = (depth: number) => `${'('.repeat(depth)}$${')'.repeat(depth)}`;
    const convert = textToText(typeOid.jsonpath, defaultOutputSettings);
    expect(convert?.(path(1000))).toBe('$');
    expect(() => convert?.(path(100_000))).toThrow(expect.objectContaining({ sqlstate: '54001' }));
    expect(convert?.(`1${'+1'.repeat(20_000)}`)).toHaveLength(1 + 20_000 * 6);
  });

  test('are as PostgreSQL prints them, however they were written', () => {
    const printed = (type: keyof typeof typeOid, text: string) =>
      textToText(typeOid[type], defaultOutputSettings)?.(text);
    expect(printed('bool', 'yes')).toBe('t');
    expect(printed('int4', ' 0x1F ')).toBe('31');
    expect(printed('numeric', '1e3')).toBe('1000');
    expect(printed('uuid', '{A0EEBC999C0B4EF8BB6D6BB9BD380A11}')).toBe('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
    expect(printed('timestamptz', '2024-01-02 03:34:05+05:30')).toBe('2024-01-01 22:04:05+00');
  });
});

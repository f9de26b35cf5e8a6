import { buildData, buildDictionary } from '@riffq/all-types';
import {
  Binary,
  BinaryView,
  BufferType,
  Data,
  type DataType,
  Field,
  FixedSizeBinary,
  LargeUtf8,
  List,
  Map_,
  Struct,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodeBinary, encodeText } from '../encode-column.js';

const strings = new Field('item', new Utf8());
const as = (type: string) => new Map([['PG:type', type]]);
const bytes = (text: string) => Buffer.from(text, 'latin1');
const good = Buffer.from('Zoë 日本 𝄞 '.repeat(9));
const bad = [
  ['NUL', bytes('a\0b'), '0x00'],
  ['a long text with NUL at its end', bytes(`${'x'.repeat(2000)}\0`), '0x00'],
  ['a byte that begins nothing', bytes('a\xffb'), '0xff'],
  ['half a character', bytes('a\xc3'), '0xc3'],
  ['half of a surrogate pair', bytes('\xed\xa0\x80'), '0xed 0xa0 0x80'],
] as const;

function expectRefused(data: Data, metadata: Map<string, string> | undefined, sequence: string, row: number): void {
  for (const encode of [encodeText, encodeBinary]) {
    expect(() => encode(data, metadata)).toThrow(
      expect.objectContaining({
        sqlstate: '22021',
        message: `invalid byte sequence for encoding "UTF8": ${sequence} in column "x", row ${row}`,
        fields: expect.objectContaining({ hint: expect.stringContaining('bytea') }),
      }),
    );
  }
}

describe.each(bad)('text with %s, which PostgreSQL cannot have, is refused', (_, value, sequence) => {
  test.each([new Utf8(), new LargeUtf8(), new Utf8View()])('as %s', (type) => {
    expectRefused(buildData(type, [good, null, bytes('b'), value, good]), undefined, sequence, 4);
  });

  test.each([new Binary(), new BinaryView()])('as %s that is declared text', (type) => {
    expectRefused(buildData(type, [good, null, value]), as('text'), sequence, 3);
    expect(encodeBinary(buildData(type, [value]))).toEqual([value.toString('hex')]);
  });

  test('as FixedSizeBinary that is declared text', () => {
    const type = new FixedSizeBinary(value.length);
    expectRefused(buildData(type, [Buffer.alloc(value.length, 0x61), value]), as('varchar'), sequence, 2);
  });

  test('in a dictionary, a list, a struct and a map', () => {
    expectRefused(buildDictionary(new Utf8(), [good, null, value]), undefined, sequence, 3);
    expectRefused(buildData(new List(strings), [[good], [null, value]]), undefined, sequence, 2);
    expectRefused(buildData(new Struct([strings]), [[good], [value]]), undefined, sequence, 2);
    const entry = new Struct<{ key: Utf8; value: Utf8 }>([
      new Field('key', new Utf8()),
      new Field('value', new Utf8()),
    ]);
    expectRefused(buildData(new Map_(new Field('entries', entry)), [[[good, value]]]), undefined, sequence, 1);
  });
});

test('a character that two values share is none', () => {
  const buffers = { [BufferType.OFFSET]: Int32Array.of(0, 1, 2), [BufferType.DATA]: Uint8Array.of(0xc3, 0xab) };
  expectRefused(new Data<DataType>(new Utf8(), 0, 2, 0, buffers), undefined, '0xc3', 1);
});

test('bytes behind NULL, and before and after a slice, do not matter', () => {
  const text = buildData(new Utf8(), [bytes('\0'), good, bytes('\0'), good, bytes('\xff')]);
  const buffers = { [BufferType.VALIDITY]: Uint8Array.of(0b1010), [BufferType.OFFSET]: text.valueOffsets };
  const data = new Data<DataType>(new Utf8(), 0, 4, 2, { ...buffers, [BufferType.DATA]: text.values });
  expect(encodeText(data)).toEqual([null, String(good), null, String(good)]);
  expect(encodeText(text.slice(3, 1))).toEqual([String(good)]);
});

describe('strings that are declared as a type are looked at', () => {
  test.each([
    ['uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['uuid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['integer', '-123456789', '-123456789'],
    ['integer', '12 ', '12'],
    ['smallint', '-0', '0'],
    ['bigint', '123456789012345678', '123456789012345678'],
    ['oid', '-1', '4294967295'],
    ['bool', 'true', 't'],
    ['numeric', '1234567890123456789012345678901234567890', '1234567890123456789012345678901234567890'],
    ['numeric', '-0.10', '-0.10'],
    ['numeric', '-0.0', '0.0'],
    ['numeric', '0x1f', '31'],
    ['numeric', '01', '1'],
    ['numeric(10,2)', '1.50', '1.50'],
  ])('%s %j is printed as %s', (type, given, printed) => {
    const data = buildData(new Utf8(), [null, bytes(given), bytes(given)]);
    expect(encodeText(data, as(type))).toEqual([null, printed, printed]);
  });

  test.each([
    ['uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1', '22P02'],
    ['integer', '1.0', '22P02'],
    ['integer', '1234567890123', '22003'],
    ['bigint', '', '22P02'],
    ['bool', 'maybe', '22P02'],
    ['numeric(10,2)', '1.x', '22P02'],
  ])('%s %j is an error %s of its row', (type, given, error) => {
    const data = buildData(new Utf8(), [null, null, bytes(given)]);
    expect(() => encodeText(data, as(type))).toThrow(
      expect.objectContaining({ sqlstate: error, message: expect.stringContaining('in column "x", row 3') }),
    );
  });

  test.each(['json', 'jsonb'])('%s takes JSON only, in both formats and within other JSON', (type) => {
    const data = (text: string) => buildData(new Utf8(), [null, Buffer.from(text)]);
    const members = new Struct([new Field('a', new Utf8(), true, as(type))]);
    expect(encodeText(data('{"a": "ë"}'), as(type))).toEqual([null, '{"a": "ë"}']);
    expect(encodeText(buildData(members, [[bytes('[1]')]]))).toEqual(['{"a":[1]}']);
    for (const wrong of ['', '{', "{'a': 1}", 'NaN', '"\n"', '[1,]', '\u{a0}1']) {
      const refused = expect.objectContaining({
        sqlstate: '22P02',
        message: 'invalid input syntax for type json in column "x", row 2',
      });
      expect(() => encodeText(data(wrong), as(type))).toThrow(refused);
      expect(() => encodeBinary(data(wrong), as(type))).toThrow(refused);
      expect(() => encodeText(buildData(members, [[bytes('1')], [Buffer.from(wrong)]]))).toThrow(refused);
    }
  });

  test('jsonb has no NUL even in an escape, json has', () => {
    const escaped = (text: string) => buildData(new Utf8(), [bytes(text)]);
    expect(encodeText(escaped('"\\u0000"'), as('json'))).toEqual(['"\\u0000"']);
    expect(encodeText(escaped('"\\\\u0000"'), as('jsonb'))).toEqual(['"\\\\u0000"']);
    for (const text of ['"\\u0000"', '"\\\\\\u0000"']) {
      expect(() => encodeText(escaped(text), as('jsonb'))).toThrow(expect.objectContaining({ sqlstate: '22P05' }));
    }
  });

  test('arrow.json too', () => {
    const extension = new Map([['ARROW:extension:name', 'arrow.json']]);
    expect(() => encodeText(buildData(new Utf8(), [bytes('{}'), bytes('{]')]), extension)).toThrow(
      expect.objectContaining({ sqlstate: '22P02', message: expect.stringContaining('row 2') }),
    );
  });
});

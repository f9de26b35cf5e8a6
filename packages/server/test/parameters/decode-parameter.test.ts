import { defaultTextSettings } from '@riffq/arrow-helpers';
import { isPgError, typeOid } from '@riffq/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeParameter } from '../../src/parameters/decode-parameter.js';
import { ParameterOracle } from './parameter-oracle.js';
import { readParameter } from './read-parameter.js';
import { expectSameBinding, expectSameInput } from './same-as-oracle.js';
import { typeValues } from './type-values.js';

describe('a parameter', () => {
  test.each(typeValues)('of type $type is the same value in text and in binary', async ({ type, texts, toValue }) => {
    await expectSameInput(type, texts, toValue);
  });

  test.each(typeValues)('of type $type[] is nested arrays of such values, with null for NULL', async (row) => {
    const { type, texts, toValue } = row;
    await using oracle = await ParameterOracle.connect();
    // Boxes have commas in them.
    const delimiter = type === 'box' ? ';' : ',';
    const quoted = [...texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`), 'NULL'].join(delimiter);
    const values = [...texts.map(toValue), null];
    const [answer] = await oracle.read(`${type}[]`, [
      `[0:1][5:${values.length + 4}]={{${quoted}}${delimiter}{${quoted}}}`,
    ]);
    if (answer === undefined || 'error' in answer) throw new Error(`not an array: ${answer?.error.message}`);
    expect(readParameter(`${type}[]`, answer.output)).toEqual([values, values]);
    expect(readParameter(`${type}[]`, answer.binary)).toEqual([values, values]);
  });

  test.each(typeValues)(
    'of type $type that is cut short, too long or damaged is taken or refused as PostgreSQL does it',
    async (row) => {
      await using oracle = await ParameterOracle.connect();
      const [answer] = await oracle.read(row.type, row.texts.slice(-1));
      if (answer === undefined || 'error' in answer) throw new Error(`not a value: ${answer?.error.message}`);
      // Text and documents have no length of their own; what is in a document is the handler's to judge.
      if (/json|xml/.test(row.type)) return;
      const cuts = Array.from({ length: Math.min(answer.binary.length, 24) }, (_, end) =>
        answer.binary.subarray(0, end),
      );
      const damaged = cuts.flatMap((cut) =>
        [0x00, 0x7f, 0x80, 0xff].map((byte) => replaced(answer.binary, cut.length, byte)),
      );
      await expectSameBinding(row.type, [...cuts, ...damaged, Buffer.concat([answer.binary, Buffer.of(49)])]);
    },
  );

  test('that is NULL is null, whatever its type', () => {
    expect(decodeParameter(null, 'text', typeOid.int4, 1, defaultTextSettings)).toBeNull();
    expect(decodeParameter(null, 'binary', 0, 1, defaultTextSettings)).toBeNull();
  });

  test.each([0, 16_384, typeOid.gtsvector, typeOid.pg_node_tree])(
    'of a type that is not declared or not decoded (OID %i) is a string in text, and its bytes in binary',
    (oid) => {
      const frame = Buffer.from('(1,2)');
      expect(decodeParameter(frame, 'text', oid, 1, defaultTextSettings)).toBe('(1,2)');
      const value = decodeParameter(frame, 'binary', oid, 1, defaultTextSettings);
      frame.fill(0);
      expect(value).toEqual(new Uint8Array(Buffer.from('(1,2)')));
    },
  );

  test('is named in errors, its value is not', () => {
    const contextOf = (format: 'text' | 'binary', portal?: string) => {
      try {
        return decodeParameter(Buffer.from('secret'), format, typeOid.bool, 7, defaultTextSettings, portal);
      } catch (error) {
        return isPgError(error) ? error.fields.where : error;
      }
    };
    expect(contextOf('text')).toBe("unnamed portal parameter $7 = '...'");
    expect(contextOf('binary')).toBe('unnamed portal parameter $7');
    expect(contextOf('text', 'c1')).toBe('portal "c1" parameter $7 = \'...\'');
  });

  test('that another server is to read is passed on where only that one may know what it means', () => {
    const forwarded = (text: string, oid: number) =>
      decodeParameter(Buffer.from(text), 'text', oid, 1, defaultTextSettings, '', true);
    expect(forwarded('12,50 €', typeOid.money)).toBe('12,50 €');
    expect(forwarded('2024-01-01 12:00 XYZT', typeOid.timestamptz)).toBe('2024-01-01 12:00 XYZT');
    expect(forwarded('{18/1/1999}', typeOid._date)).toBe('{18/1/1999}');
    expect(forwarded('8 Jan 1999', typeOid.date)).toBe('1999-01-08');
    expect(() => forwarded('256.1.1.1', typeOid.inet)).toThrow('invalid input syntax for type inet');
    expect(() => forwarded('x', typeOid.int4)).toThrow('invalid input syntax for type integer');
  });

  test('of any bytes is a value or an error for its client, whatever its type and format', () => {
    const oids = [...Object.values(typeOid), 0, 99_999];
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc
        .string({ unit: fc.constantFrom(...'{}[],:="\\ -+.eExX019ntN'), maxLength: 40 })
        .map((text) => Buffer.from(text)),
      hostileHeader(),
    );
    const format = fc.constantFrom('text' as const, 'binary' as const);
    const isValueOrPgError = (value: Uint8Array, as: 'text' | 'binary', oid: number) => {
      try {
        return decodeParameter(value, as, oid, 1, defaultTextSettings) !== undefined;
      } catch (error) {
        return isPgError(error) && error.severity === 'ERROR' && error.fields.where !== undefined;
      }
    };
    fc.assert(fc.property(bytes, format, fc.constantFrom(...oids), isValueOrPgError), { numRuns: 10_000 });
  });
});

function replaced(bytes: Buffer, at: number, byte: number): Buffer {
  return Buffer.from(bytes).fill(byte, at, at + 1);
}

/** Four-byte numbers, as headers of arrays and lengths are, mostly extreme. */
function hostileHeader(): fc.Arbitrary<Uint8Array> {
  const number = fc.constantFrom(
    -(2 ** 31),
    2 ** 31 - 1,
    134_217_727,
    65_536,
    -1,
    0,
    1,
    2,
    4,
    6,
    7,
    16,
    21,
    23,
    25,
    1700,
  );
  return fc.array(number, { maxLength: 16 }).map((numbers) => {
    const bytes = Buffer.alloc(numbers.length * 4);
    for (const [index, value] of numbers.entries()) bytes.writeInt32BE(value, index * 4);
    return bytes;
  });
}

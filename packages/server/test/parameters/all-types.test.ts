import { allTypes } from '@riffq/all-types';
import { defaultTextSettings, RowEncoder, toArrow } from '@riffq/arrow-helpers';
import type { Format } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { decodeParameter } from '../../src/parameters/decode-parameter.js';
import type { ParameterValue } from '../../src/query-context.js';

const cases = allTypes
  .filter(({ values }) => values.length > 0)
  .map((typeCase) => [`${typeCase.postgres.name} of ${typeCase.type}`, typeCase] as const);

/** The value as it stands in a DataRow. */
function encoded(type: string, value: ParameterValue, format: Format): Buffer {
  const table = toArrow([{ name: 'x', type }], [[value]]);
  const encoder = new RowEncoder(table.schema, [format]);
  for (const batch of table.batches) encoder.setBatch(batch);
  const bytes = new Uint8Array(encoder.nextRowSize());
  // Behind the message's header, the count of columns and the length.
  return Buffer.from(bytes.subarray(11, encoder.encode(bytes, 0, 1)));
}

/** Arrow counts nanoseconds in 64 bits: 292 years of hours, where PostgreSQL has 292,000. */
const beyondArrow = /^-?2562047788:/;

describe.each(cases)('a parameter of the type %s', (_, typeCase) => {
  const { postgres, values } = typeCase;
  const read = (value: Buffer, format: Format) => decodeParameter(value, format, postgres.oid, 1, defaultTextSettings);

  test('is the same value in text and in binary', () => {
    for (const [, text, binary] of values) {
      expect(read(Buffer.from(binary, 'hex'), 'binary'), text).toEqual(read(Buffer.from(text), 'text'));
    }
  });

  test('goes through toArrow and comes out as it came in', () => {
    for (const [, text, binary] of values) {
      const value = read(Buffer.from(text), 'text');
      if (beyondArrow.test(text)) {
        expect(() => encoded(postgres.name, value, 'text')).toThrow(expect.objectContaining({ sqlstate: '22015' }));
        continue;
      }
      expect(encoded(postgres.name, value, 'text').toString()).toBe(text);
      expect(encoded(postgres.name, value, 'binary').toString('hex')).toBe(binary);
    }
  });
});

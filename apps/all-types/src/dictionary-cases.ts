import { type DataType, Dictionary, Field, Int8, Int32, List, TimestampMicrosecond, Uint16, Utf8 } from 'apache-arrow';
import { arrayOf, postgresTypes } from './postgres-type.js';
import type { TypeCase } from './type-case.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const integers = new List(new Field('item', new Int32(), true));

/** Columns that look their values up. */
export const dictionaryCases: readonly TypeCase[] = [
  {
    type: new Dictionary<DataType>(new Utf8(), new Int8()),
    postgres: postgresTypes.varchar,
    values: [
      [bytes('a'), 'a', '61'],
      [bytes('naïve'), 'naïve', '6e61c3af7665'],
      [bytes(''), '', ''],
      [bytes('a'), 'a', '61'],
    ],
  },
  {
    type: new Dictionary<DataType>(new Int32(), new Uint16()),
    postgres: postgresTypes.int4,
    values: [
      [7, '7', '00000007'],
      [-1, '-1', 'ffffffff'],
      [7, '7', '00000007'],
    ],
  },
  {
    type: new Dictionary<DataType>(integers, new Int32()),
    postgres: arrayOf(postgresTypes.int4, 1007),
    values: [
      [[1, null], '{1,NULL}', '00000001000000010000001700000002000000010000000400000001ffffffff'],
      [[], '{}', '000000000000000000000017'],
    ],
  },
  {
    type: new Dictionary<DataType>(new TimestampMicrosecond('UTC'), new Int32()),
    postgres: postgresTypes.timestamptz,
    values: [
      [0n, '1970-01-01 00:00:00+00', 'fffca2fec4c82000'],
      [2n ** 63n - 1n, 'infinity', '7fffffffffffffff'],
    ],
  },
];

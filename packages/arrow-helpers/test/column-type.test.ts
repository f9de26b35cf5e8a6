import {
  Binary,
  BinaryView,
  type DataType,
  Decimal,
  Dictionary,
  DurationSecond,
  Field,
  Int32,
  IntervalYearMonth,
  List,
  Null,
  Struct,
  TimestampSecond,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { columnType } from '../src/column-type.js';
import { allTypes } from './all-types.js';

const type = (arrow: DataType) => columnType(new Field('x', arrow, true));

describe('the PostgreSQL type of an Arrow column', () => {
  test.each(allTypes.map((typeCase) => ({ ...typeCase, name: String(typeCase.type) })))(
    '$name is $postgres.name',
    ({ type: arrow, postgres, typeModifier }) => {
      expect(type(arrow)).toMatchObject({ typeOid: postgres.oid, typeModifier: typeModifier ?? -1 });
      expect(type(new Dictionary(arrow, new Int32()))).toEqual(type(arrow));
    },
  );

  test('has the size that RowDescription tells', () => {
    expect(type(new Int32()).typeSize).toBe(4);
    expect(type(new TimestampSecond()).typeSize).toBe(8);
    expect(type(new Utf8()).typeSize).toBe(-1);
    expect(type(new Binary()).typeSize).toBe(-1);
  });

  test('is varchar for a column of nothing but nulls', () => {
    expect(type(new Null())).toEqual({ typeOid: 1043, typeSize: -1, typeModifier: -1 });
  });

  test('is timestamptz only with a zone that has a name', () => {
    expect(type(new TimestampSecond('UTC')).typeOid).toBe(1184);
    expect(type(new TimestampSecond('')).typeOid).toBe(1114);
  });

  test.each([
    new List(new Field('item', new Int32())),
    new Struct([new Field('a', new Int32())]),
    new DurationSecond(),
    new IntervalYearMonth(),
    new Utf8View(),
    new BinaryView(),
    new Decimal(2000, 38),
  ])('is refused for %s, which has no encoder yet', (arrow) => {
    expect(() => type(arrow)).toThrow(
      expect.objectContaining({
        sqlstate: '0A000',
        message: `column "x" has the Arrow type ${arrow}, which cannot be sent`,
        fields: expect.objectContaining({ hint: expect.stringContaining('Cast the column') }),
      }),
    );
  });
});

import { allTypes, fieldOf } from '@riffq/all-types';
import {
  Binary,
  type DataType,
  Decimal,
  Dictionary,
  Field,
  Int32,
  List,
  Null,
  Struct,
  TimestampSecond,
  Utf8,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { columnType } from '../src/column-type.js';

const type = (arrow: DataType) => columnType(new Field('x', arrow, true));

describe('the PostgreSQL type of an Arrow column', () => {
  test.each(allTypes.map((typeCase) => ({ ...typeCase, name: String(typeCase.type) })))(
    '$name is $postgres.name',
    (typeCase) => {
      const { type: arrow, postgres, typeModifier } = typeCase;
      expect(columnType(fieldOf(typeCase, 'x'))).toMatchObject({
        typeOid: postgres.oid,
        typeModifier: typeModifier ?? -1,
      });
      expect(columnType(fieldOf(typeCase, 'x', new Dictionary(arrow, new Int32())))).toEqual(
        columnType(fieldOf(typeCase, 'x')),
      );
    },
  );

  test('has the size that RowDescription tells', () => {
    expect(type(new Int32()).typeSize).toBe(4);
    expect(type(new TimestampSecond()).typeSize).toBe(8);
    expect(type(new Utf8()).typeSize).toBe(-1);
    expect(type(new Binary()).typeSize).toBe(-1);
  });

  test('is varchar for a column of nothing but nulls', () => {
    expect(type(new Null())).toMatchObject({ typeOid: 1043, typeSize: -1, typeModifier: -1 });
  });

  test('is timestamptz only with a zone that has a name', () => {
    expect(type(new TimestampSecond('UTC')).typeOid).toBe(1184);
    expect(type(new TimestampSecond('')).typeOid).toBe(1114);
  });

  test.each([
    new Decimal(2000, 38),
    new List(new Field('item', new Decimal(2000, 38))),
    new Struct([new Field('a', new Decimal(2000, 38))]),
  ])('is refused for %s, of more digits than numeric can have', (arrow) => {
    expect(() => type(arrow)).toThrow(
      expect.objectContaining({
        sqlstate: '0A000',
        message: `column "x" has the Arrow type ${arrow}, which cannot be sent`,
        fields: expect.objectContaining({ hint: expect.stringContaining('Cast the column') }),
      }),
    );
  });
});

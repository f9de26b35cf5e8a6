import { createHash } from 'node:crypto';
import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeBinary,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';

/** A column of made-up values: the same number gives the same value, here and in PostgreSQL. */
export interface ColumnRecipe {
  readonly type: DataType;
  readonly metadata?: ReadonlyMap<string, string>;
  /** The value of row `i`, with its type. */
  readonly sql: string;
  /** The values of the rows `from` to `from + count`. */
  readonly make: (from: number, count: number) => Data;
}

const step = 1_234_567n;
const first = BigInt(Date.UTC(2020, 0, 1)) * 1000n;
const multiplier = 6_364_136_223_846_793_005n;
const dayCount = 20_000;
const firstDay = Date.UTC(2000, 0, 1) / 86_400_000;

function fill<Values extends { [index: number]: unknown }>(
  values: Values,
  from: number,
  count: number,
  valueAt: (row: number) => Values[number],
): Values {
  for (let at = 0; at < count; at += 1) values[at] = valueAt(from + at);
  return values;
}

function md5(row: number): Buffer {
  return createHash('md5').update(String(row)).digest();
}

const int4Type = new Int32();
/** The row's number. */
export const int4: ColumnRecipe = {
  type: int4Type,
  sql: 'i::int4',
  make: (from, count) => makeData({ type: int4Type, data: fill(new Int32Array(count), from, count, (row) => row) }),
};

const elements = 10_000;
const listType = new List(new Field('item', int4Type, true));
/** Arrays of 10,000 numbers from the row's own on. */
export const int4List: ColumnRecipe = {
  type: listType,
  sql: `ARRAY(SELECT i + e FROM generate_series(0, ${elements - 1}) AS e)::int4[]`,
  make: (from, count) => {
    const valueAt = (at: number): number => from + Math.floor(at / elements) + (at % elements);
    const data = fill(new Int32Array(count * elements), 0, count * elements, valueAt);
    const valueOffsets = fill(new Int32Array(count + 1), 0, count + 1, (row) => row * elements);
    return makeData({ type: listType, length: count, valueOffsets, child: makeData({ type: int4Type, data }) });
  },
};

const int8Type = new Int64();
export const int8: ColumnRecipe = {
  type: int8Type,
  sql: 'i::int8 * 7919 * 1000003',
  make: (from, count) => {
    const data = fill(new BigInt64Array(count), from, count, (row) => BigInt(row) * 7919n * 1_000_003n);
    return makeData({ type: int8Type, data });
  },
};

const float8Type = new Float64();
/** Doubles with all of their 15 to 17 digits, by integer arithmetic that SQL has too. */
export const float8: ColumnRecipe = {
  type: float8Type,
  sql: `mod(i::numeric * ${multiplier}, 9007199254740992)::float8 / 9007199254740992::float8 * 1e6 - 5e5`,
  make: (from, count) => {
    const valueAt = (row: number): number =>
      (Number((BigInt(row) * multiplier) & 0x1fffffffffffffn) / 2 ** 53) * 1e6 - 5e5;
    return makeData({ type: float8Type, data: fill(new Float64Array(count), from, count, valueAt) });
  },
};

const timestampType = new TimestampMicrosecond();
export const timestamp: ColumnRecipe = {
  type: timestampType,
  sql: `timestamp '2020-01-01' + i * interval '1234567 microseconds'`,
  make: (from, count) => {
    const data = fill(new BigInt64Array(count), from, count, (row) => first + BigInt(row) * step);
    return makeData({ type: timestampType, data });
  },
};

const textType = new Utf8();
function text(length: number, repeats: number, sql: string): ColumnRecipe {
  return {
    type: textType,
    sql,
    make: (from, count) => {
      const data = Buffer.allocUnsafeSlow(count * length * repeats);
      const valueOffsets = new Int32Array(count + 1);
      for (let at = 0; at < count; at += 1) {
        const digits = md5(from + at)
          .toString('hex')
          .slice(0, length);
        data.write(digits.repeat(repeats), at * length * repeats, 'latin1');
        valueOffsets[at + 1] = (at + 1) * length * repeats;
      }
      return makeData({ type: textType, data: new Uint8Array(data.buffer), valueOffsets, length: count });
    },
  };
}

export const text16 = text(16, 1, 'substr(md5(i::text), 1, 16)::varchar');
export const text1024 = text(32, 32, 'repeat(md5(i::text), 32)::varchar');

const boolType = new Bool();
export const bool: ColumnRecipe = {
  type: boolType,
  sql: 'i % 3 = 0',
  make: (from, count) => {
    const data = new Uint8Array((count + 7) >> 3);
    for (let at = 0; at < count; at += 1) if ((from + at) % 3 === 0) data[at >> 3]! |= 1 << (at & 7);
    return makeData({ type: boolType, data, length: count });
  },
};

const dateType = new DateDay();
export const date: ColumnRecipe = {
  type: dateType,
  sql: `date '2000-01-01' + (i % ${dayCount})::int4`,
  make: (from, count) => {
    const data = fill(new Int32Array(count), from, count, (row) => firstDay + (row % dayCount));
    return makeData({ type: dateType, data });
  },
};

const uuidType = new FixedSizeBinary(16);
export const uuid: ColumnRecipe = {
  type: uuidType,
  metadata: new Map([['ARROW:extension:name', 'arrow.uuid']]),
  sql: 'md5(i::text)::uuid',
  make: (from, count) => {
    const data = new Uint8Array(count * 16);
    for (let at = 0; at < count; at += 1) data.set(md5(from + at), at * 16);
    return makeData({ type: uuidType, data, length: count });
  },
};

/** Numbers of so many digits, of both signs. */
function decimal(precision: number, scale: number): ColumnRecipe {
  const type = new Decimal(scale, precision, 128);
  const modulus = 10n ** BigInt(precision);
  // A product with a power of ten is exact in PostgreSQL; a quotient is not.
  const unit = (1 / 10 ** scale).toFixed(scale);
  return {
    type,
    sql: `((mod(i::numeric * ${multiplier ** 2n}, ${modulus}) - ${modulus / 2n}) * ${unit})::numeric(${precision},${scale})`,
    make: (from, count) => {
      const data = new Uint32Array(count * 4);
      const halves = new BigInt64Array(data.buffer);
      for (let at = 0; at < count; at += 1) {
        const value = ((BigInt(from + at) * multiplier ** 2n) % modulus) - modulus / 2n;
        halves[at * 2] = BigInt.asIntN(64, value);
        halves[at * 2 + 1] = value >> 64n;
      }
      return makeData({ type, data, length: count });
    },
  };
}

export const numeric18 = decimal(18, 2);
export const decimal38 = decimal(38, 10);

/** The same with NULL in every tenth row, beginning at one of the first ten. */
export function withNulls({ type, sql, make }: ColumnRecipe, start: number): ColumnRecipe {
  const isNull = (row: number): boolean => row % 10 === start % 10;
  return {
    type,
    sql: `CASE WHEN i % 10 <> ${start % 10} THEN ${sql} END`,
    make: (from, count) => {
      const data = make(from, count);
      const nullBitmap = new Uint8Array((count + 7) >> 3);
      let nullCount = 0;
      for (let at = 0; at < count; at += 1) {
        if (isNull(from + at)) nullCount += 1;
        else nullBitmap[at >> 3]! |= 1 << (at & 7);
      }
      return data.clone(type, 0, count, nullCount, [data.valueOffsets, data.values, nullBitmap, data.typeIds]);
    },
  };
}

import * as arrow from 'apache-arrow';
import { type DataType, Field } from 'apache-arrow';
import fc from 'fast-check';

const EXTENSION_NAME = 'ARROW:extension:name';

/** A column, an element, a member: its type and what its metadata says; it is named where it is used. */
export interface Kind {
  readonly type: DataType;
  readonly extension?: 'arrow.uuid' | 'arrow.json';
}

const { Bool, Int8, Int16, Int32, Int64, Uint8, Uint16, Uint32, Uint64, Float16, Float32, Float64 } = arrow;
const numbers = [Bool, Int8, Int16, Int32, Int64, Uint8, Uint16, Uint32, Uint64, Float16, Float32, Float64];
const strings = [arrow.Utf8, arrow.LargeUtf8, arrow.Utf8View];
const binaries = [arrow.Binary, arrow.LargeBinary, arrow.BinaryView];
const moments = [
  ...[arrow.DateDay, arrow.DateMillisecond],
  ...[arrow.TimeSecond, arrow.TimeMillisecond, arrow.TimeMicrosecond, arrow.TimeNanosecond],
  ...[arrow.DurationSecond, arrow.DurationMillisecond, arrow.DurationMicrosecond, arrow.DurationNanosecond],
  ...[arrow.IntervalYearMonth, arrow.IntervalDayTime, arrow.IntervalMonthDayNano],
];
const timestamps = [
  ...[arrow.TimestampSecond, arrow.TimestampMillisecond, arrow.TimestampMicrosecond, arrow.TimestampNanosecond],
];

/** Digits that fit into the words of each width. */
const precisions: Readonly<Record<number, number>> = { 32: 9, 64: 18, 128: 38, 256: 76 };

const decimals = fc
  .constantFrom(32, 64, 128, 256)
  .chain((bitWidth) =>
    fc.tuple(
      fc.constant(bitWidth),
      fc.integer({ min: 1, max: precisions[bitWidth]! }),
      fc.integer({ min: -9, max: 12 }),
    ),
  )
  .map(([bitWidth, precision, scale]) => new arrow.Decimal(scale, precision, bitWidth));

const made = (types: readonly (new () => DataType)[]): fc.Arbitrary<DataType> =>
  fc.constantFrom(...types).map((Type) => new Type());

const plain: fc.Arbitrary<Kind> = fc
  .oneof(
    { weight: 4, arbitrary: made(numbers) },
    { weight: 2, arbitrary: decimals },
    { weight: 2, arbitrary: made(strings) },
    { weight: 2, arbitrary: made(binaries) },
    { weight: 5, arbitrary: made(moments) },
    fc.integer({ min: 1, max: 20 }).map((width) => new arrow.FixedSizeBinary(width)),
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...timestamps), fc.constantFrom(undefined, null, 'UTC', 'Asia/Tokyo', '-03:30'))
        .map(([Type, zone]) => new Type(zone)),
    },
    fc.constant(0).map(() => new arrow.Null()),
  )
  .map((type) => ({ type }));

const extensions: fc.Arbitrary<Kind> = fc.oneof(
  fc.constant(0).map((): Kind => ({ type: new arrow.FixedSizeBinary(16), extension: 'arrow.uuid' })),
  made(strings).map((type): Kind => ({ type, extension: 'arrow.json' })),
);

/** Members of structs and unions have any names: they are keys of JSON. */
const memberName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', 'key', 'Größe') },
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);

const members = (kind: fc.Arbitrary<Kind>, most: number): fc.Arbitrary<Field[]> =>
  fc
    .uniqueArray(fc.tuple(memberName, kind), { minLength: 1, maxLength: most, selector: ([name]) => name })
    .map((pairs) => pairs.map(([name, member]) => fieldOf(name, member)));

function lists(element: fc.Arbitrary<Kind>): fc.Arbitrary<DataType> {
  return fc
    .tuple(element, fc.constantFrom('list', 'large', 'fixed'), fc.integer({ min: 1, max: 3 }))
    .map(([kind, form, size]) => {
      const field = fieldOf('item', kind);
      if (form === 'fixed') return new arrow.FixedSizeList(size, field);
      return form === 'list' ? new arrow.List(field) : new arrow.LargeList(field);
    });
}

function maps(key: fc.Arbitrary<Kind>, value: fc.Arbitrary<Kind>): fc.Arbitrary<DataType> {
  return fc.tuple(key, value).map(([keys, values]) => {
    const entry = new arrow.Struct<{ key: DataType; value: DataType }>([
      new Field('key', keys.type, false, metadataOf(keys)),
      fieldOf('value', values),
    ]);
    return new arrow.Map_(new Field('entries', entry, false));
  });
}

function unions(kind: fc.Arbitrary<Kind>): fc.Arbitrary<DataType> {
  return fc
    .tuple(
      members(kind, 3),
      fc.boolean(),
      fc.uniqueArray(fc.integer({ min: 0, max: 127 }), { minLength: 3, maxLength: 3 }),
    )
    .map(([fields, dense, typeIds]) => {
      const ids = typeIds.slice(0, fields.length);
      return dense ? new arrow.DenseUnion(ids, fields) : new arrow.SparseUnion(ids, fields);
    });
}

/** Of anything, a list of lists included: arrow-js has indices of up to 32 bits. */
function dictionaries(kind: fc.Arbitrary<Kind>): fc.Arbitrary<Kind> {
  const indices = fc.constantFrom(arrow.Int8, arrow.Int16, arrow.Int32, arrow.Uint8, arrow.Uint16, arrow.Uint32);
  return fc
    .tuple(kind, indices)
    .map(([values, Indices]) => ({ ...values, type: new arrow.Dictionary(values.type, new Indices()) }));
}

/** A list in a list is a dimension of an array, of which a dictionary is none. */
const isDimension = ({ type }: Kind): boolean => !arrow.DataType.isDictionary(type) || !isList(dictionaryValues(type));

/** Lists of any kind. */
export function isList(type: DataType): type is arrow.List | arrow.LargeList | arrow.FixedSizeList {
  return arrow.DataType.isList(type) || arrow.DataType.isLargeList(type) || arrow.DataType.isFixedSizeList(type);
}

/** What a dictionary, or a dictionary of dictionaries, is of. */
export function dictionaryValues(type: DataType): DataType {
  return arrow.DataType.isDictionary(type) ? dictionaryValues(type.dictionary) : type;
}

function kindOf(depth: number): fc.Arbitrary<Kind> {
  const leaf = fc.oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: extensions });
  if (depth === 0) return leaf;
  const inner = kindOf(depth - 1);
  const keys = leaf.filter(({ type }) => !arrow.DataType.isNull(type));
  const nested = fc.oneof(
    { weight: 3, arbitrary: lists(inner.filter(isDimension)) },
    { weight: 2, arbitrary: members(inner, 4).map((fields) => new arrow.Struct(fields)) },
    { weight: 1, arbitrary: maps(keys, inner) },
    { weight: 2, arbitrary: unions(inner) },
  );
  return fc.oneof(
    { weight: 5, arbitrary: leaf },
    { weight: 4, arbitrary: nested.map((type): Kind => ({ type })) },
    { weight: 1, arbitrary: dictionaries(inner) },
  );
}

/** Columns of any types that PostgreSQL has something for, nested at most three deep. */
export const randomFields: fc.Arbitrary<Field[]> = fc
  .array(kindOf(3), { minLength: 1, maxLength: 5 })
  .map((kinds) => kinds.map((kind, index) => fieldOf(`c${index}`, kind)));

/** Columns without lists, structs, maps and unions. */
export const randomPlainFields: fc.Arbitrary<Field[]> = fc
  .array(kindOf(0), { minLength: 1, maxLength: 4 })
  .map((kinds) => kinds.map((kind, index) => fieldOf(`c${index}`, kind)));

function fieldOf(name: string, kind: Kind): Field {
  return new Field(name, kind.type, true, metadataOf(kind));
}

function metadataOf({ extension }: Kind): Map<string, string> {
  return new Map(extension === undefined ? [] : [[EXTENSION_NAME, extension]]);
}

/** The extension type that a field's metadata names. */
export function extensionOf(field: Field): string | undefined {
  return field.metadata.get(EXTENSION_NAME);
}

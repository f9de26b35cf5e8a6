import { DataType, DateUnit, type Field, IntervalUnit, Precision, TimeUnit } from 'apache-arrow';
import fc from 'fast-check';
import { extensionOf, isList } from './random-fields.js';

/**
 * A value as it is to be stored: floats of 16 bits as these; decimals as integers; dates and times as they are counted;
 * intervals as their parts; lists, structs and maps by element, member and entry; unions as the alternative and its value.
 */
export type Stored = null | boolean | number | bigint | Uint8Array | readonly Stored[];

/** What values there may be of a field. */
interface Choice {
  /** Whether values that PostgreSQL does not have are among them. */
  readonly beyond: boolean;
  /** Whether lists are part of JSON, in which they need not be boxes. */
  readonly json: boolean;
}

/** Values of a field, some of them null. */
export function randomValues(field: Field, choice: Choice): fc.Arbitrary<Stored> {
  const value = presentValues(field, choice);
  return fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });
}

function presentValues(field: Field, choice: Choice): fc.Arbitrary<Stored> {
  const type: DataType = field.type;
  const within: Choice = { ...choice, json: true };
  if (DataType.isDictionary(type)) return randomValues(field.clone({ type: type.dictionary }), choice);
  if (isList(type)) return choice.json ? anyList(type, choice) : boxes(type, choice);
  if (DataType.isStruct(type)) return fc.tuple(...type.children.map((member) => randomValues(member, within)));
  if (DataType.isUnion(type)) {
    return fc.oneof(
      ...type.children.map((member, index) => fc.tuple(fc.constant(index), randomValues(member, within))),
    );
  }
  if (DataType.isMap(type)) {
    const [key, value] = type.children[0]!.type.children;
    return fc.array(fc.tuple(presentValues(key!, within), randomValues(value!, within)), { maxLength: 3 });
  }
  return scalars(field, choice);
}

function anyList(type: DataType, choice: Choice): fc.Arbitrary<Stored> {
  const size = DataType.isFixedSizeList(type)
    ? { minLength: type.listSize, maxLength: type.listSize }
    : { maxLength: 4 };
  return fc.array(randomValues(type.children[0]!, choice), size);
}

/** Lists that are arrays: those beside each other have one length and none is null. */
function boxes(type: DataType, choice: Choice): fc.Arbitrary<Stored> {
  const sizes: fc.Arbitrary<number>[] = [];
  let element: Field | undefined;
  for (let list: DataType | undefined = type; list !== undefined && isList(list); list = element?.type) {
    sizes.push(DataType.isFixedSizeList(list) ? fc.constant(list.listSize) : fc.integer({ min: 0, max: 3 }));
    element = list.children[0];
  }
  const values = randomValues(element!, choice);
  const boxOf = ([size, ...inner]: readonly number[]): fc.Arbitrary<Stored> =>
    size === undefined ? values : fc.array(boxOf(inner), { minLength: size, maxLength: size });
  const whole = fc.tuple(...sizes).chain(boxOf);
  return choice.beyond ? fc.oneof({ weight: 9, arbitrary: whole }, anyList(type, { ...choice, json: true })) : whole;
}

const bits = (count: number, signed: boolean): fc.Arbitrary<bigint> => {
  const half = 2n ** BigInt(count - 1);
  const range = signed ? { min: -half, max: half - 1n } : { min: 0n, max: half * 2n - 1n };
  // Numbers of all magnitudes: of those drawn evenly, nearly all have all digits.
  return fc.oneof(
    fc.bigInt(range),
    fc.tuple(fc.bigInt(range), fc.integer({ min: 0, max: count - 1 })).map(([value, less]) => value >> BigInt(less)),
  );
};

function scalars(field: Field, { beyond }: Choice): fc.Arbitrary<Stored> {
  const type: DataType = field.type;
  if (DataType.isNull(type)) return fc.constant(null);
  if (DataType.isBool(type)) return fc.boolean();
  if (DataType.isInt(type)) {
    const value = bits(type.bitWidth, type.isSigned);
    return type.bitWidth === 64 ? value : value.map(Number);
  }
  if (DataType.isFloat(type)) return floats(type.precision);
  if (DataType.isDecimal(type)) {
    const most = 10n ** BigInt(type.precision) - 1n;
    const value = fc.bigInt({ min: -most, max: most });
    const smaller = fc.integer({ min: 0, max: type.precision });
    // Arrow's own readers do not look at the precision.
    const any = bits(type.bitWidth, true);
    return fc.oneof(
      { weight: 4, arbitrary: value },
      { weight: 4, arbitrary: fc.tuple(value, smaller).map(([one, less]) => one / 10n ** BigInt(less)) },
      { weight: 1, arbitrary: any },
    );
  }
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) {
    return (extensionOf(field) === 'arrow.json' ? jsons(beyond) : texts(beyond)).map((text) => Buffer.from(text));
  }
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type)) {
    return fc.uint8Array({ maxLength: 40 });
  }
  if (DataType.isFixedSizeBinary(type)) {
    return fc.uint8Array({ minLength: type.byteWidth, maxLength: type.byteWidth });
  }
  if (DataType.isInterval(type)) return intervals(type.unit);
  return moments(type, beyond);
}

function floats(precision: Precision): fc.Arbitrary<number> {
  if (precision === Precision.HALF) {
    // All but the many kinds of NaN, of which JavaScript has one.
    return fc.integer({ min: 0, max: 0xffff }).filter((half) => (half & 0x7c00) !== 0x7c00 || (half & 0x3ff) === 0);
  }
  if (precision === Precision.SINGLE)
    return fc.oneof(fc.float(), fc.float({ min: -1000, max: 1000 }), fc.integer().map(Math.fround));
  return fc.oneof(
    fc.double(),
    fc.double({ min: -1e6, max: 1e6 }),
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 100),
  );
}

function texts(beyond: boolean): fc.Arbitrary<string> {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.replaceAll('\0', '')),
    fc.string({ unit: fc.constantFrom(...'"\\{}, \t\n\v\f\rnulNUL\u0001'), maxLength: 6 }),
    fc.tuple(fc.string({ maxLength: 8 }), fc.nat(40)).map(([part, times]) => part.repeat(times)),
  );
  return beyond ? fc.oneof({ weight: 40, arbitrary: text }, fc.constant('a\0b')) : text;
}

function jsons(beyond: boolean): fc.Arbitrary<string> {
  const json = fc.tuple(fc.json({ maxDepth: 2 }), fc.constantFrom('', ' ')).map(([text, space]) => space + text);
  return beyond ? fc.oneof({ weight: 40, arbitrary: json }, fc.constant('{"a":')) : json;
}

function intervals(unit: IntervalUnit): fc.Arbitrary<Stored> {
  const count = fc.oneof(bits(32, true).map(Number), fc.integer({ min: -40, max: 40 }));
  if (unit === IntervalUnit.YEAR_MONTH) return count;
  if (unit === IntervalUnit.DAY_TIME) return fc.tuple(count, count);
  const largest = fc.constantFrom<Stored>(
    [2 ** 31 - 1, 2 ** 31 - 1, 2n ** 63n - 1n],
    [-(2 ** 31), -(2 ** 31), -(2n ** 63n)],
    [2 ** 31 - 1, 2 ** 31 - 1, 0n],
  );
  return fc.oneof({ weight: 20, arbitrary: fc.tuple(count, count, bits(64, true)) }, largest);
}

const unitsPerSecond: Readonly<Record<TimeUnit, bigint>> = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
};
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const SECONDS_PER_DAY = 86_400n;
/** 4714-11-24 BC, and the ends of the years 294276, for timestamps, and 5874897, for dates. */
const firstDay = -2_440_588n;
const endDay = 106_762_940n;
const endDate = 2_145_042_906n;

/** Dates, times of day, timestamps and durations, which are all counts of something. */
function moments(type: DataType, beyond: boolean): fc.Arbitrary<number | bigint> {
  if (DataType.isDate(type)) {
    const { unit } = type;
    const perDay = unit === DateUnit.DAY ? 1n : 86_400_000n;
    const width = unit === DateUnit.DAY ? 32 : 64;
    const range = { min: firstDay * perDay, max: endDate * perDay - 1n };
    return withInfinities(counts(range, 36_500n * perDay, width, beyond), width);
  }
  if (DataType.isTime(type)) {
    const day = SECONDS_PER_DAY * unitsPerSecond[type.unit];
    return counts({ min: 0n, max: day }, day, type.bitWidth, beyond);
  }
  if (DataType.isTimestamp(type)) {
    const day = SECONDS_PER_DAY * unitsPerSecond[type.unit];
    const finite = counts({ min: firstDay * day, max: endDay * day - 1n }, 36_500n * day, 64, beyond);
    return type.unit === TimeUnit.NANOSECOND ? finite : withInfinities(finite, 64);
  }
  if (DataType.isDuration(type)) {
    const units = unitsPerSecond[type.unit];
    const most = units >= 1_000_000n ? INT64.max : (INT64.max / 1_000_000n) * units;
    return counts({ min: -most, max: most }, 100n * SECONDS_PER_DAY * units, 64, beyond);
  }
  throw new Error(`no values are known of ${type}`);
}

/** The largest and smallest integers, and minus the largest, stand for infinities. */
function withInfinities(finite: fc.Arbitrary<number | bigint>, width: number): fc.Arbitrary<number | bigint> {
  const half = 2n ** BigInt(width - 1);
  const infinite = fc.constantFrom(half - 1n, -half, 1n - half);
  return fc.oneof({ weight: 20, arbitrary: finite }, width === 32 ? infinite.map(Number) : infinite);
}

interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

/** Counts of some bits in a range, many of them near zero, some at its ends, and those that have a meaning of their own. */
function counts(range: Range, near: bigint, width: number, beyond: boolean): fc.Arbitrary<number | bigint> {
  const half = 2n ** BigInt(width - 1);
  const { min, max } = { min: range.min < -half ? -half : range.min, max: range.max >= half ? half - 1n : range.max };
  const closest = { min: min < -near ? -near : min, max: max > near ? near : max };
  const within = fc.oneof(
    { weight: 5, arbitrary: fc.bigInt({ min, max }) },
    { weight: 5, arbitrary: fc.bigInt(closest) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
  );
  const all = fc.oneof(
    { weight: 40, arbitrary: within },
    fc.constantFrom(min - 1n, max + 1n, half - 1n, -half, 1n - half),
    fc.bigInt({ min: -half, max: half - 1n }),
  );
  const value = beyond ? all.map((count) => BigInt.asIntN(width, count)) : within;
  return width === 32 ? value.map(Number) : value;
}

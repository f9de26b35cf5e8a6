import { type Data, DataType, IntervalUnit, UnionMode, Vector } from 'apache-arrow';
import { isList } from './random-fields.js';

/** An interval by its parts. */
export interface IntervalReading {
  readonly months: number;
  readonly days: number;
  readonly nanoseconds: bigint;
}

/**
 * What apache-arrow reads: whole numbers as these, decimals without their point, dates and times as they are counted, lists
 * by element, structs by member, maps by entry, unions as the alternative and its value.
 */
export type Reading = null | boolean | number | bigint | string | Uint8Array | IntervalReading | readonly Reading[];

/** The values of a column as apache-arrow's own accessors give them. */
export function readColumn(vector: Vector): Reading[] {
  return vector.data.flatMap((data: Data) => readAll(data));
}

function readAll(data: Data): Reading[] {
  const vector = new Vector([data]);
  return Array.from({ length: data.length }, (_, index) => readValue(vector, data, index));
}

function readValue(vector: Vector, data: Data, index: number): Reading {
  const type: DataType = data.type;
  // A union has no nulls of its own, and a dictionary has its entries' too.
  if (DataType.isNull(type) || !vector.isValid(index)) return null;
  if (DataType.isDictionary(type)) return readAt(data.dictionary, Number(data.values[index]));
  if (DataType.isUnion(type)) return readUnion(type, data, index);
  if (isList(type)) return readElements(vector.get(index));
  if (DataType.isStruct(type)) return data.children.map((child) => readValue(new Vector([child]), child, index));
  if (DataType.isMap(type)) {
    const [from, to] = [data.valueOffsets[index], data.valueOffsets[index + 1]];
    return readAll(data.children[0]!.slice(from, to - from));
  }
  if (DataType.isDecimal(type)) return readDecimal(vector.get(index));
  if (DataType.isInterval(type)) return readInterval(type.unit, vector.get(index));
  // What `get` gives of these are doubles of milliseconds.
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return data.values[index];
  return vector.get(index);
}

function readAt(vector: Vector | undefined, index: number): Reading {
  let rest = index;
  for (const data of vector?.data ?? []) {
    if (rest < data.length) return readValue(new Vector([data]), data, rest);
    rest -= data.length;
  }
  throw new Error(`a dictionary has no entry ${index}`);
}

function readElements(elements: unknown): Reading[] {
  if (elements instanceof Vector) return readColumn(elements);
  throw new Error(`a list was read as ${String(elements)}`);
}

function readUnion(type: DataType, data: Data, index: number): Reading {
  if (!DataType.isUnion(type)) throw new Error(`${type} is no union`);
  const alternative = type.typeIds.indexOf(data.typeIds[index]!);
  const child = data.children[alternative]!;
  const place = type.mode === UnionMode.Dense ? data.valueOffsets[index]! : index;
  const value = readValue(new Vector([child]), child, place);
  return value === null ? null : [alternative, value];
}

function readDecimal(words: Uint32Array): bigint {
  const unsigned = words.reduceRight((value, word) => value * 2n ** 32n + BigInt(word), 0n);
  return BigInt.asIntN(words.length * 32, unsigned);
}

function readInterval(unit: IntervalUnit, parts: Int32Array): IntervalReading {
  const [first = 0, second = 0] = parts;
  if (unit === IntervalUnit.YEAR_MONTH) return { months: first * 12 + second, days: 0, nanoseconds: 0n };
  if (unit === IntervalUnit.DAY_TIME) return { months: 0, days: first, nanoseconds: BigInt(second) * 1_000_000n };
  const nanoseconds = new DataView(parts.buffer, parts.byteOffset).getBigInt64(8, true);
  return { months: first, days: second, nanoseconds };
}

import { BufferReader, PgError, sqlstate } from '@riffq/wire';
import {
  arrayLimitExceeded,
  invalidBinary,
  maximumDimensions,
  maximumElements,
  tooManyElements,
} from './array-error.js';
import type { ArrayElement, ArrayElements } from './decode-array-text.js';
import { typeName } from './type-name.js';

/** One dimension of an array, the outermost first. */
export interface ArrayDimension {
  readonly length: number;
  readonly lowerBound: number;
}

/** An array as it was sent, with what JavaScript's arrays cannot tell. */
export interface BinaryArray<T> {
  readonly dimensions: readonly ArrayDimension[];
  readonly values: ArrayElements<T>;
}

/** From this OID on, types differ from one installation to another, and which of them was meant cannot be told. */
const firstInstallationOid = 10_000;

/**
 * Reads what array_send writes: dimensions, element type, then each element with its length. Nothing is allocated for
 * elements that are only announced.
 */
export function decodeArrayBinary<T>(
  reader: BufferReader,
  elementOid: number,
  decodeElement: (reader: BufferReader) => T,
): BinaryArray<T> {
  const dimensions = readHeader(reader, elementOid);
  if (dimensions.some(({ length }) => length === 0)) return { dimensions, values: [] };
  let count = 0;
  const readLevel = (level: number): ArrayElement<T>[] => {
    const dimension = dimensions[level];
    const values: ArrayElement<T>[] = [];
    for (let index = 0; index < (dimension?.length ?? 0); index++) {
      const isInnermost = level === dimensions.length - 1;
      values.push(isInnermost ? readElement(reader, decodeElement, ++count) : readLevel(level + 1));
    }
    return values;
  };
  return { dimensions, values: readLevel(0) };
}

function readHeader(reader: BufferReader, elementOid: number): readonly ArrayDimension[] {
  const count = reader.int32();
  if (count < 0) throw invalidBinary(`invalid number of dimensions: ${count}`);
  if (count > maximumDimensions) {
    throw arrayLimitExceeded(
      `number of array dimensions (${count}) exceeds the maximum allowed (${maximumDimensions})`,
    );
  }
  // Whether there are NULLs: PostgreSQL checks this flag, and counts for itself.
  const flags = reader.int32();
  if (flags !== 0 && flags !== 1) throw invalidBinary('invalid array flags');
  expectElementType(reader.uint32(), elementOid);
  const dimensions = Array.from({ length: count }, () => ({ length: reader.int32(), lowerBound: reader.int32() }));
  checkSize(dimensions);
  return dimensions;
}

function expectElementType(actual: number, expected: number): void {
  if (actual === expected || actual >= firstInstallationOid || expected >= firstInstallationOid) return;
  throw new PgError({
    sqlstate: sqlstate.datatype_mismatch,
    message: `binary data has array element type ${actual} (${typeName(actual)}) instead of expected ${expected} (${typeName(expected)})`,
  });
}

function checkSize(dimensions: readonly ArrayDimension[]): void {
  let size = 1;
  for (const { length } of dimensions) {
    size *= length;
    if (length < 0 || size > maximumElements) throw tooManyElements();
  }
  for (const { length, lowerBound } of dimensions) {
    if (lowerBound + length > 2 ** 31 - 1) throw arrayLimitExceeded(`array lower bound is too large: ${lowerBound}`);
  }
}

function readElement<T>(reader: BufferReader, decodeElement: (reader: BufferReader) => T, position: number): T | null {
  const length = reader.int32();
  if (length === -1) return null;
  if (length < -1 || length > reader.remaining) throw invalidBinary('insufficient data left in message');
  const element = new BufferReader(reader.bytes(length), `array element ${position}`);
  const value = decodeElement(element);
  if (element.remaining > 0) throw invalidBinary(`improper binary format in array element ${position}`);
  return value;
}

import type { DuckDBDecimalType } from '@duckdb/node-api';
import type { Vector } from '@duckdb/node-bindings';
import type { Data } from 'apache-arrow';
import { makeData } from 'apache-arrow/data';
import { Decimal } from 'apache-arrow/type';
import { copyVector, readFixedWidth } from './read-fixed-width.js';
import { readValidity } from './validity.js';

/** DuckDB keeps a decimal in 16, 32, 64 or 128 bits by its width; Arrow's has 128. */
export function readDecimals(type: DuckDBDecimalType, vector: Vector, rowCount: number): Data {
  const target = new Decimal(type.scale, type.width, 128);
  if (type.width > 18) return readFixedWidth(target, 16, vector, rowCount);
  const data = type.width > 9 ? widenLongs(vector, rowCount) : widenShort(type.width, vector, rowCount);
  return makeData({ type: target, length: rowCount, ...readValidity(vector, rowCount), data });
}

/** 128 bits without sign need more than 128 with it. */
export function readUnsignedHugeIntegers(vector: Vector, rowCount: number): Data {
  const source = new Uint32Array(copyVector(vector, rowCount * 16).buffer);
  const data = new Uint32Array(rowCount * 8);
  for (let row = 0; row < rowCount; row += 1) data.set(source.subarray(row * 4, row * 4 + 4), row * 8);
  return makeData({
    type: new Decimal(0, 39, 256),
    length: rowCount,
    ...readValidity(vector, rowCount),
    data,
  });
}

function widenShort(width: number, vector: Vector, rowCount: number): Uint32Array {
  const source =
    width > 4
      ? new Int32Array(copyVector(vector, rowCount * 4).buffer)
      : new Int16Array(copyVector(vector, rowCount * 2).buffer);
  const data = new Int32Array(rowCount * 4);
  for (let row = 0; row < rowCount; row += 1) {
    const value = source[row] ?? 0;
    const sign = value >> 31;
    data[row * 4] = value;
    data[row * 4 + 1] = sign;
    data[row * 4 + 2] = sign;
    data[row * 4 + 3] = sign;
  }
  return new Uint32Array(data.buffer);
}

function widenLongs(vector: Vector, rowCount: number): Uint32Array {
  const source = new Int32Array(copyVector(vector, rowCount * 8).buffer);
  const data = new Int32Array(rowCount * 4);
  for (let row = 0; row < rowCount; row += 1) {
    const high = source[row * 2 + 1] ?? 0;
    const sign = high >> 31;
    data[row * 4] = source[row * 2] ?? 0;
    data[row * 4 + 1] = high;
    data[row * 4 + 2] = sign;
    data[row * 4 + 3] = sign;
  }
  return new Uint32Array(data.buffer);
}

import { sqlstate } from '@riffq/wire';
import type { Duration, Float, Int } from 'apache-arrow';
import { Precision } from 'apache-arrow/enum';
import { numberToHalf } from '../encode/float16.js';
import type { CellType } from './cell-type.js';
import { type Cells, describeCell, isNull } from './cells.js';

/** Integers of 8 to 64 bits: whole numbers and bigints in their range. */
export function integerCells(type: Int): CellType {
  const { bitWidth, isSigned } = type;
  if (bitWidth === 64) return { arrowType: type, build: (cells) => ({ values: buildWide(cells, isSigned) }) };
  const lowest = isSigned ? -(2 ** (bitWidth - 1)) : 0;
  const range: Range = { lowest, highest: lowest + 2 ** bitWidth - 1 };
  return {
    arrowType: type,
    build: (cells) => {
      const values = narrowArray(type, cells.values.length);
      fillNarrow(cells, values, range);
      return { values };
    },
  };
}

/** Spans of time as whole numbers or bigints of the type's unit. */
export function durationCells(type: Duration): CellType {
  return { arrowType: type, build: (cells) => ({ values: buildWide(cells, true) }) };
}

interface FloatLimits {
  /** Numbers of this size and below, but zero, would be zero. */
  readonly tooSmall: number;
  /** Numbers of this size and above would be infinite. */
  readonly tooLarge: number;
}

const floatLimits = {
  [Precision.HALF]: { tooSmall: 2 ** -25, tooLarge: 65_520 },
  [Precision.SINGLE]: { tooSmall: 2 ** -150, tooLarge: 2 ** 128 - 2 ** 103 },
  [Precision.DOUBLE]: { tooSmall: 0, tooLarge: Number.POSITIVE_INFINITY },
} as const;

/** Floats: numbers, and bigints that lose nothing. Narrow floats take the nearest value. */
export function floatCells(type: Float): CellType {
  const { precision } = type;
  return {
    arrowType: type,
    build: (cells) => {
      const { length } = cells.values;
      const values = precision === Precision.SINGLE ? new Float32Array(length) : new Float64Array(length);
      fillFloat(cells, values, floatLimits[precision]);
      return { values: precision === Precision.HALF ? Uint16Array.from(values, numberToHalf) : values };
    },
  };
}

interface Range {
  readonly lowest: number;
  readonly highest: number;
}

/** Integers of at most 32 bits. */
type NarrowArray = Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;

/** The memory for so many integers of a type of at most 32 bits. */
export function narrowArray({ bitWidth, isSigned }: Int, length: number): NarrowArray {
  if (bitWidth === 8) return isSigned ? new Int8Array(length) : new Uint8Array(length);
  if (bitWidth === 16) return isSigned ? new Int16Array(length) : new Uint16Array(length);
  return isSigned ? new Int32Array(length) : new Uint32Array(length);
}

function fillNarrow(cells: Cells, values: NarrowArray, { lowest, highest }: Range): void {
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    const value = typeof cell === 'bigint' ? Number(cell) : cell;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw notAnInteger(cells, index, cell);
    if (value < lowest || value > highest) {
      const hint = `Give a value from ${lowest} to ${highest}.`;
      throw cells.error(index, `a ${typeof cell} out of range`, hint, sqlstate.numeric_value_out_of_range);
    }
    values[index] = value;
  }
}

function buildWide(cells: Cells, isSigned: boolean): BigInt64Array | BigUint64Array {
  const { length } = cells.values;
  const values = isSigned ? new BigInt64Array(length) : new BigUint64Array(length);
  const halves = new Int32Array(values.buffer);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    if (typeof cell === 'number') {
      if (!Number.isSafeInteger(cell)) throw notAnInteger(cells, index, cell);
      if (!isSigned && cell < 0) throw negative(cells, index, cell);
      const high = Math.floor(cell / 0x1_0000_0000);
      halves[index * 2] = cell - high * 0x1_0000_0000;
      halves[index * 2 + 1] = high;
    } else if (typeof cell === 'bigint') {
      if (!isSigned && cell < 0n) throw negative(cells, index, cell);
      values[index] = cell;
      if (values[index] !== cell) {
        const hint = isSigned ? 'Give a value from -2^63 to 2^63 - 1.' : 'Give a value from 0 to 2^64 - 1.';
        throw cells.error(index, 'a bigint of more than 64 bits', hint, sqlstate.numeric_value_out_of_range);
      }
    } else {
      throw notAnInteger(cells, index, cell);
    }
  }
  return values;
}

function negative(cells: Cells, index: number, cell: number | bigint): Error {
  const state = sqlstate.numeric_value_out_of_range;
  return cells.error(index, `a ${typeof cell} below zero`, 'Give a value from 0 to 2^64 - 1.', state);
}

function notAnInteger(cells: Cells, index: number, cell: unknown): Error {
  if (Number.isInteger(cell)) {
    const state = sqlstate.numeric_value_out_of_range;
    return cells.error(index, 'a number beyond 2^53, which has lost digits', 'Give a bigint.', state);
  }
  return cells.error(index, describeCell(cell), 'Give a whole number or a bigint.');
}

const INEXACT_HINT = 'Convert it with Number() if digits may be lost, or give the column the type numeric.';

function fillFloat(cells: Cells, values: Float32Array | Float64Array, limits: FloatLimits): void {
  const { tooSmall, tooLarge } = limits;
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    if (typeof cell === 'number') {
      const size = Math.abs(cell);
      if (size >= tooLarge ? Number.isFinite(cell) : size <= tooSmall && cell !== 0) {
        const state = sqlstate.numeric_value_out_of_range;
        throw cells.error(index, 'a number out of range', 'Use a wider type: float8 takes every number.', state);
      }
      values[index] = cell;
    } else if (typeof cell === 'bigint') {
      const value = Number(cell);
      values[index] = value;
      if (Math.abs(value) >= tooLarge || !Number.isFinite(value) || BigInt(values[index]) !== cell) {
        const state = sqlstate.numeric_value_out_of_range;
        throw cells.error(index, 'a bigint that a float cannot hold exactly', INEXACT_HINT, state);
      }
    } else {
      throw cells.error(index, describeCell(cell), 'Give a number.');
    }
  }
}

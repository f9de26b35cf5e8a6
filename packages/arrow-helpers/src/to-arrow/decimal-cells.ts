import { sqlstate } from '@riffq/wire';
import type { Decimal } from 'apache-arrow';
import { decimalDigits, parseDecimal, scaledInteger } from '../text-values/decimal-text.js';
import type { CellBuffers, CellType } from './cell-type.js';
import { type Cells, describeCell, isNull } from './cells.js';

const HINT = 'Give a number, a bigint or its digits as a string.';

/** Decimals of any width: numbers, bigints and digits, rounded to the scale as PostgreSQL rounds. */
export function decimalCells(type: Decimal): CellType {
  return { arrowType: type, build: (cells) => buildDecimal(cells, type) };
}

function buildDecimal(cells: Cells, { precision, scale, bitWidth }: Decimal): CellBuffers {
  const words = bitWidth / 32;
  const values = new Uint32Array(cells.values.length * words);
  const limit = 10n ** BigInt(precision);
  for (const [index, cell] of cells.values.entries()) {
    if (isNull(cell)) continue;
    let rest = integerOf(cells, index, cell, scale);
    if (rest >= limit || rest <= -limit) {
      const digits = precision - scale;
      const hint = `The type has ${digits > 0 ? digits : 'no'} digits before the decimal point.`;
      throw cells.error(index, `a ${typeof cell} out of range`, hint, sqlstate.numeric_value_out_of_range);
    }
    for (let word = 0; word < words; word += 1) {
      values[index * words + word] = Number(BigInt.asUintN(32, rest));
      rest >>= 32n;
    }
  }
  return { values };
}

function integerOf(cells: Cells, index: number, cell: unknown, scale: number): bigint {
  if (typeof cell !== 'number' && typeof cell !== 'bigint' && typeof cell !== 'string') {
    throw cells.error(index, describeCell(cell), HINT);
  }
  const text = String(cell);
  const parsed = parseDecimal(decimalDigits(text));
  if (parsed !== undefined) return scaledInteger(parsed, scale);
  if (/^(nan|[+-]?inf(inity)?)$/i.test(text)) {
    const hint = 'Declare the column as numeric, without precision and scale.';
    throw cells.error(index, `the ${typeof cell} ${text}`, hint, sqlstate.numeric_value_out_of_range);
  }
  throw cells.error(index, 'a string that is not a number', HINT, sqlstate.invalid_text_representation);
}

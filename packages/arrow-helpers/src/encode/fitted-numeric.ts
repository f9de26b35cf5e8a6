/** Integers and decimals as numeric of another precision and scale. */
import type { Data } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { type DecimalNumber, formatDecimal } from '../text-values/decimal-text.js';
import { fitNumeric, type NumericModifier } from '../type-modifier/numeric-modifier.js';
import type { ValueWriter } from './value-writer.js';
import { writeAscii } from './write-ascii.js';

const NEGATIVE = 0x4000;
const DIGITS_PER_GROUP = 4;

/** Upper bound of the text. */
export function fittedNumericTextBytes({ precision, scale }: NumericModifier): number {
  return 3 + Math.max(precision, scale) + Math.max(0, -scale);
}

/** Upper bound of the binary form. */
export function fittedNumericBytes(modifier: NumericModifier): number {
  return 8 + 2 * (Math.ceil(fittedNumericTextBytes(modifier) / DIGITS_PER_GROUP) + 1);
}

/** Rounds each number to the scale, and throws where it has too many digits for the precision. */
export class FittedNumericWriter implements ValueWriter {
  readonly #read: (index: number) => DecimalNumber;
  readonly #modifier: NumericModifier;
  readonly #binary: boolean;

  constructor(data: Data, modifier: NumericModifier, binary: boolean) {
    this.#read = readerOf(data);
    this.#modifier = modifier;
    this.#binary = binary;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    const fitted = fitNumeric(this.#read(index), this.#modifier);
    return this.#binary ? writeBinary(view, position, fitted) : writeAscii(target, position, formatDecimal(fitted));
  }
}

function readerOf(data: Data): (index: number) => DecimalNumber {
  const type: DataType = data.type;
  if (!DataType.isDecimal(type)) {
    const values: ArrayLike<number | bigint> = data.values;
    return (index) => ({ coefficient: BigInt(values[index]!), scale: 0 });
  }
  const { scale, bitWidth } = type;
  const words: Uint32Array = data.values;
  const count = bitWidth / 32;
  return (index) => {
    let coefficient = 0n;
    for (let word = count - 1; word >= 0; word--)
      coefficient = (coefficient << 32n) | BigInt(words[index * count + word]!);
    return { coefficient: BigInt.asIntN(bitWidth, coefficient), scale };
  };
}

/** As numeric_send does; see `numeric.ts`. */
function writeBinary(view: DataView, position: number, number: DecimalNumber): number {
  const text = formatDecimal(number);
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.slice(negative ? 1 : 0).split('.');
  const wholeGroups = Math.ceil(whole.length / DIGITS_PER_GROUP);
  const digits = whole.padStart(wholeGroups * DIGITS_PER_GROUP, '0') + fraction;
  const groups = Array.from({ length: Math.ceil(digits.length / DIGITS_PER_GROUP) }, (_, at) =>
    Number(digits.slice(at * DIGITS_PER_GROUP, (at + 1) * DIGITS_PER_GROUP).padEnd(DIGITS_PER_GROUP, '0')),
  );
  const first = groups.findIndex((group) => group !== 0);
  const end = groups.findLastIndex((group) => group !== 0) + 1;
  view.setInt16(position, first < 0 ? 0 : end - first);
  view.setInt16(position + 2, first < 0 ? 0 : wholeGroups - 1 - first);
  view.setInt16(position + 4, negative ? NEGATIVE : 0);
  view.setInt16(position + 6, Math.max(0, number.scale));
  let at = position + 8;
  for (let group = first < 0 ? end : first; group < end; group++) {
    view.setInt16(at, groups[group]!);
    at += 2;
  }
  return at;
}

/** Integers of any Arrow width as another integer type of PostgreSQL, or as oid. */
import type { Data } from 'apache-arrow';
import { numberOutOfRange } from '../unsendable-value.js';
import { writeInt64 } from './int.js';
import type { ValueWriter } from './value-writer.js';

/** An integer type of PostgreSQL: its name, width and range. */
export interface IntegerTarget {
  readonly name: string;
  readonly bytes: 2 | 4 | 8;
  readonly least: bigint;
  readonly most: bigint;
}

/** The longest integer as text: a sign and 19 digits, or 20 digits. */
export const INTEGER_TEXT_BYTES = 20;

/** Writes integers with a check of their range. */
export class IntegerAsWriter implements ValueWriter {
  readonly #data: Data;
  readonly #target: IntegerTarget;
  readonly #binary: boolean;

  constructor(data: Data, target: IntegerTarget, binary: boolean) {
    this.#data = data;
    this.#target = target;
    this.#binary = binary;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    const { name, bytes, least, most } = this.#target;
    const value = BigInt(this.#data.values[index]);
    if (value < least || value > most) throw numberOutOfRange(name);
    if (!this.#binary) {
      const high = Number(value >> 32n) | 0;
      return writeInt64(target, view, position, high, Number(BigInt.asIntN(32, value)));
    }
    if (bytes === 8) view.setBigInt64(position, value);
    else if (bytes === 4) view.setInt32(position, Number(value));
    else view.setInt16(position, Number(value));
    return position + bytes;
  }
}

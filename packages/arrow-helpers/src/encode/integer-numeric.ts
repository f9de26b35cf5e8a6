import type { Data } from 'apache-arrow';
import { writeNumeric } from './numeric.js';
import type { ValueWriter } from './value-writer.js';

const scratch = new DataView(new ArrayBuffer(8));

/** Writes integers that fit 64 bits, with sign, as numeric_send does. */
export class IntegerNumericWriter implements ValueWriter {
  readonly #data: Data;

  constructor(data: Data) {
    this.#data = data;
  }

  bound(): number {
    return 0;
  }

  write(index: number, _target: Uint8Array, view: DataView, position: number): number {
    scratch.setBigInt64(0, BigInt(this.#data.values[index]), true);
    return writeNumeric(view, position, scratch, 0, 2, true, 0);
  }
}

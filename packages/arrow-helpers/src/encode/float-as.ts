/** Floating-point numbers of any Arrow width as float4 or float8. */
import type { Data } from 'apache-arrow';
import { numberOutOfRange } from '../unsendable-value.js';
import { writeFloat4 } from './float4.js';
import { writeFloat8 } from './float8.js';
import { halfToNumber } from './float16.js';
import type { ValueWriter } from './value-writer.js';

const scratch = new DataView(new ArrayBuffer(8));

/** Writes numbers at another width; those that are too large for float4 are errors, as in PostgreSQL. */
export class FloatAsWriter implements ValueWriter {
  readonly #values: ArrayLike<number>;
  readonly #half: boolean;
  readonly #bytes: 4 | 8;
  readonly #binary: boolean;

  constructor(data: Data, half: boolean, bytes: 4 | 8, binary: boolean) {
    this.#values = data.values;
    this.#half = half;
    this.#bytes = bytes;
    this.#binary = binary;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    const stored = this.#values[index]!;
    const value = this.#half ? halfToNumber(stored) : stored;
    if (this.#bytes === 8) {
      if (this.#binary) {
        view.setFloat64(position, value);
        return position + 8;
      }
      scratch.setFloat64(0, value, true);
      return writeFloat8(target, view, position, scratch, 0);
    }
    const single = Math.fround(value);
    const lost = (Number.isFinite(value) && !Number.isFinite(single)) || (single === 0 && value !== 0);
    if (lost) throw numberOutOfRange('real');
    if (!this.#binary) {
      scratch.setFloat32(0, single, true);
      return writeFloat4(target, view, position, scratch, 0);
    }
    view.setFloat32(position, single);
    return position + 4;
  }
}

import type { Data, Timestamp } from 'apache-arrow';
import { unitsOf } from '../time-unit.js';
import { parts } from './split-time.js';
import { splitTimestamp } from './timestamp.js';

/** The timestamps of a column, one at a time: for the writers that need more of them than the row loop does. */
export class MomentReader {
  readonly #view: DataView;
  readonly #unitsPerSecond: number;

  constructor(data: Data, { unit }: Timestamp) {
    const stored: ArrayBufferView = data.values;
    this.#view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    this.#unitsPerSecond = unitsOf(unit);
  }

  /**
   * Sets the `parts` of the timestamp at `index` and returns 0, or the sign of an infinite one.
   *
   * @throws UnsendableValue for one that PostgreSQL has not
   */
  read(index: number): number {
    const low = this.#view.getInt32(index * 8, true);
    return splitTimestamp(this.#view.getInt32(index * 8 + 4, true), low, this.#unitsPerSecond);
  }

  /** Seconds after 1970 of the timestamp that was read, without its fraction. */
  get second(): number {
    return parts[0]!;
  }

  /** Its microseconds of the second. */
  get microseconds(): number {
    return parts[1]!;
  }
}

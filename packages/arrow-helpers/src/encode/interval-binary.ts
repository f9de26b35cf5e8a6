import type { Data } from 'apache-arrow';
import { type IntervalReader, interval, intervalReader } from './interval-parts.js';
import { writeMicroseconds } from './split-time.js';
import type { ValueWriter } from './value-writer.js';

/** Bytes of a binary interval. */
export const INTERVAL_BYTES = 16;

/** Writes intervals as interval_send does: microseconds, days, months. */
export class IntervalBinaryWriter implements ValueWriter {
  readonly #read: IntervalReader;

  constructor(data: Data, typeModifier?: number) {
    this.#read = intervalReader(data, typeModifier);
  }

  bound(): number {
    return 0;
  }

  write(index: number, _target: Uint8Array, view: DataView, position: number): number {
    this.#read(index);
    const end = writeMicroseconds(view, position, interval.seconds, interval.microseconds);
    view.setInt32(end, interval.days);
    view.setInt32(end + 4, interval.months);
    return position + INTERVAL_BYTES;
  }
}

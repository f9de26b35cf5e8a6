import { numberToHalf } from '../../encode/float16.js';
import { outOfRange } from '../../type-functions/input-error.js';
import type { ColumnBuffers } from './column-builder.js';
import { FloatBuilder } from './float-builder.js';

/** From here on a number is nearer to the next power of two, which 16 bits do not have. */
const TOO_LARGE = 65_520;

/** Float16, for PostgreSQL a float4. */
export class HalfBuilder extends FloatBuilder {
  override setText(row: number, bytes: Buffer, start: number, end: number): void {
    super.setText(row, bytes, start, end);
    this.#check(row);
  }

  override setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    super.setBinary(row, bytes, start, end);
    this.#check(row);
  }

  override readPlain(row: number, bytes: Buffer, view: DataView, at: number): number {
    const end = super.readPlain(row, bytes, view, at);
    return end >= 0 && this.#isHalf(row) ? end : -1;
  }

  override readBinary(row: number, bytes: Buffer, view: DataView, start: number, size: number): boolean {
    return super.readBinary(row, bytes, view, start, size) && this.#isHalf(row);
  }

  protected override take(rows: number): ColumnBuffers {
    const values = Uint16Array.from(this.values.subarray(0, rows), numberToHalf);
    super.take(rows);
    return { values };
  }

  #check(row: number): void {
    if (!this.#isHalf(row)) throw outOfRange('Float16', String(this.values[row]));
  }

  #isHalf(row: number): boolean {
    const value = Math.abs(this.values[row]!);
    return !(value >= TOO_LARGE && value !== Number.POSITIVE_INFINITY);
  }
}

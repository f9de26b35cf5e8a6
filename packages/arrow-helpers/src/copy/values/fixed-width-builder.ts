import type { DataType } from 'apache-arrow';
import { type ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { unwrittenMemory } from './unwritten-memory.js';

/** NULL by the bytes of a value. */
const nullSources: ReadonlyMap<number, string> = new Map([
  [2, 'v.setInt16(row << 1, 0);'],
  [4, 'v.setInt32(row << 2, 0);'],
  [8, 'v.setFloat64(row << 3, 0);'],
  [16, 'v.setFloat64(row << 4, 0); v.setFloat64((row << 4) + 8, 0);'],
]);

/** Columns of which every value takes the same number of bytes. */
export abstract class FixedWidthBuilder extends ColumnBuilder {
  protected values: DataView<ArrayBufferLike> = new DataView(new ArrayBuffer(0));

  protected constructor(
    type: DataType,
    protected readonly bytes: number,
  ) {
    super(type);
  }

  override setNull(row: number): void {
    super.setNull(row);
    for (let index = 0; index < this.bytes; index++) this.values.setUint8(row * this.bytes + index, 0);
  }

  override get nullSource(): string | undefined {
    return nullSources.get(this.bytes);
  }

  protected resize(rows: number): void {
    const values = new DataView(unwrittenMemory(rows * this.bytes));
    new Uint8Array(values.buffer).set(new Uint8Array(this.values.buffer));
    this.values = values;
  }

  protected take(rows: number): ColumnBuffers {
    const { buffer } = this.values;
    this.values = new DataView(new ArrayBuffer(0));
    const { ArrayType } = this.type;
    return { values: new ArrayType(buffer, 0, (rows * this.bytes) / ArrayType.BYTES_PER_ELEMENT) };
  }

  /** Stores a value as it is. */
  protected setBytes(row: number, bytes: Uint8Array, start: number): void {
    for (let index = 0; index < this.bytes; index++) {
      this.values.setUint8(row * this.bytes + index, bytes[start + index]!);
    }
  }

  /** Stores an integer that a double holds exactly, in columns of one, two, four or eight bytes. */
  protected setNumber(row: number, value: number): void {
    switch (this.bytes) {
      case 1:
        this.values.setInt8(row, value);
        break;
      case 2:
        this.values.setInt16(row * 2, value, true);
        break;
      case 4:
        this.values.setInt32(row * 4, value, true);
        break;
      default: {
        const high = Math.floor(value / 0x1_0000_0000);
        this.values.setUint32(row * 8, value - high * 0x1_0000_0000, true);
        this.values.setInt32(row * 8 + 4, high, true);
      }
    }
  }
}

import type { Data } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { type DayText, makeDayText } from '../text-output/calendar.js';
import { unitsOf } from '../time-unit.js';
import { unionValidity } from './union-validity.js';
import { type ValueEncoding, varyingWriting } from './value-encoding.js';
import { type ValueKind, valueKind } from './value-kind.js';
import type { ValueWriter } from './value-writer.js';

const noBytes = new DataView(new ArrayBuffer(0));
/** Bytes per value, on average, from which on the values of a block are copied at once (`staging.ts`). */
const LONG_BYTES = 64;
/** Of a column whose bytes have no copy. */
export const NOT_STAGED = Number.NEGATIVE_INFINITY;
/** For columns that have no days to cache. */
const noDayText = makeDayText();

/**
 * A column of one batch, ready for the row loop. One class for all types, whose fields are always set in the same order, so
 * that the loop stays monomorphic; values are read through a DataView for the same reason.
 */
export class Column {
  readonly kind: ValueKind;
  /** Upper bound of the bytes of each value, beside `bytesPerByte`. */
  readonly fixedBytes: number;
  /** Bytes written for each byte of a value of varying length. */
  readonly bytesPerByte: number;
  /** The values buffer: the dictionary's if there are `indices`. */
  readonly view: DataView;
  /** The same bytes. */
  readonly bytes: Uint8Array;
  /** Where values of varying length begin and end: 32 or 64 bits each. */
  readonly offsets: DataView;
  /** The validity bitmap, null if no value is. */
  readonly validity: Uint8Array | null;
  /** The first row's bit in the bitmaps (of validity, of a Bool's values): apache-arrow slices all other buffers. */
  readonly bitOffset: number;
  /** 32-bit words of a decimal. */
  readonly words: number;
  /** Digits after the point of a decimal. */
  readonly scale: number;
  /** Bytes of each FixedSizeBinary. */
  readonly byteWidth: number;
  /** What times and timestamps count. */
  readonly unitsPerSecond: number;
  /** Whether timestamps are shown with a zone. */
  readonly zoned: boolean;
  readonly dayText: DayText;
  /** Added to an offset it gives where the copy of a value is. */
  stagedAt = NOT_STAGED;
  /** Of the kind `written`. */
  readonly writer: ValueWriter | null;

  /**
   * @param given - the column, or the values of its dictionary
   * @param indices - for a dictionary: where in `data` each row's value is, -1 for null
   */
  constructor(
    given: Data,
    wanted: ValueEncoding,
    readonly indices: Int32Array | null,
  ) {
    const { check, adapt } = wanted;
    const data = adapt === null ? given : adapt(given);
    const type: DataType = data.type;
    const encoding = check === null || check.passes(data) ? wanted : varyingWriting(check.writer);
    this.kind =
      encoding.kind === valueKind.bytes && indices === null && isLong(data) ? valueKind.longBytes : encoding.kind;
    this.fixedBytes = encoding.fixedBytes;
    this.bytesPerByte = encoding.bytesPerByte;
    this.view = dataView(data.values);
    this.bytes = new Uint8Array(this.view.buffer, this.view.byteOffset, this.view.byteLength);
    this.offsets = dataView(data.valueOffsets);
    this.validity = indices === null ? validityOf(data) : null;
    this.bitOffset = data.offset;
    this.words = DataType.isDecimal(type) ? type.bitWidth / 32 : 0;
    this.scale = DataType.isDecimal(type) ? type.scale : 0;
    this.byteWidth = DataType.isFixedSizeBinary(type) ? type.byteWidth : 0;
    this.unitsPerSecond = DataType.isTime(type) || DataType.isTimestamp(type) ? unitsOf(type.unit) : 0;
    this.zoned = DataType.isTimestamp(type) && Boolean(type.timezone);
    this.dayText = DataType.isDate(type) || DataType.isTimestamp(type) ? makeDayText() : noDayText;
    this.writer = encoding.writer === null ? null : encoding.writer(data);
  }
}

function isLong({ length, valueOffsets }: Data): boolean {
  const offsets: Int32Array = valueOffsets;
  return (offsets.at(-1) ?? 0) - (offsets[0] ?? 0) > length * LONG_BYTES;
}

/** The validity bitmap of data that has nulls; apache-arrow does not look at the others' either. */
export function validityOf(data: Data): Uint8Array | null {
  if (DataType.isUnion(data.type)) return unionValidity(data);
  return data.nullCount > 0 && data.nullBitmap ? data.nullBitmap : null;
}

/** Whether a bitmap's bit is set. */
export function isSet(bitmap: Uint8Array, bit: number): boolean {
  return ((bitmap[bit >> 3]! >> (bit & 7)) & 1) !== 0;
}

function dataView(buffer: ArrayBufferView | undefined): DataView {
  return buffer ? new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength) : noBytes;
}

/** The value kinds that are not worth a place in the hot loop (`encode-rows.ts`). */

import { writeUint32, writeUint64 } from '../text-output/digits.js';
import { writeBytes, writeHex } from './bytes.js';
import type { Column } from './column.js';
import { dayOfMilliseconds, writeDateBinary, writeDateText } from './date.js';
import { writeFloat4 } from './float4.js';
import { halfToNumber } from './float16.js';
import { writeInt32 } from './int.js';
import { largeOffset } from './large-offset.js';
import { writeNumeric } from './numeric.js';
import { writeTimeBinary, writeTimeText } from './time.js';
import type { ValueKinds } from './value-kind.js';

const float4 = new DataView(new ArrayBuffer(4));

/** Writes the value at `index`, which is not null, and returns the position after it. */
export function encodeRareValue(
  column: Column,
  index: number,
  target: Uint8Array,
  view: DataView,
  position: number,
): number {
  const values = column.view;
  switch (column.kind) {
    case 18 satisfies ValueKinds['int8Text']:
      return writeInt32(target, view, position, values.getInt8(index));
    case 19 satisfies ValueKinds['uint8Text']:
      return writeInt32(target, view, position, values.getUint8(index));
    case 20 satisfies ValueKinds['uint16Text']:
      return writeInt32(target, view, position, values.getUint16(index * 2, true));
    case 21 satisfies ValueKinds['uint32Text']:
      return writeUint32(target, view, position, values.getInt32(index * 4, true));
    case 22 satisfies ValueKinds['uint64Text']: {
      const low = values.getInt32(index * 8, true);
      return writeUint64(target, view, position, values.getInt32(index * 8 + 4, true), low);
    }
    case 23 satisfies ValueKinds['int8Binary']:
      view.setInt16(position, values.getInt8(index));
      return position + 2;
    case 24 satisfies ValueKinds['uint8Binary']:
      view.setInt16(position, values.getUint8(index));
      return position + 2;
    case 25 satisfies ValueKinds['uint16Binary']:
      view.setInt32(position, values.getUint16(index * 2, true));
      return position + 4;
    case 26 satisfies ValueKinds['uint32Binary']:
      view.setInt32(position, 0);
      view.setInt32(position + 4, values.getInt32(index * 4, true));
      return position + 8;
    case 27 satisfies ValueKinds['uint64Binary']:
      return writeNumeric(view, position, values, index * 8, 2, false, 0);
    case 28 satisfies ValueKinds['float16Text']:
      // Every half is a float4.
      float4.setFloat32(0, halfToNumber(values.getUint16(index * 2, true)), true);
      return writeFloat4(target, view, position, float4, 0);
    case 29 satisfies ValueKinds['float16Binary']:
      view.setFloat32(position, halfToNumber(values.getUint16(index * 2, true)));
      return position + 4;
    case 30 satisfies ValueKinds['largeBytes']: {
      const from = largeOffset(column.offsets, index);
      const length = largeOffset(column.offsets, index + 1) - from;
      return writeBytes(target, view, position, column.bytes, values, from, length);
    }
    case 31 satisfies ValueKinds['fixedSizeBytes']:
      return writeBytes(target, view, position, column.bytes, values, index * column.byteWidth, column.byteWidth);
    case 32 satisfies ValueKinds['hex']: {
      const from = column.offsets.getInt32(index * 4, true);
      return writeHex(target, view, position, column.bytes, from, column.offsets.getInt32(index * 4 + 4, true));
    }
    case 33 satisfies ValueKinds['largeHex']: {
      const from = largeOffset(column.offsets, index);
      return writeHex(target, view, position, column.bytes, from, largeOffset(column.offsets, index + 1));
    }
    case 34 satisfies ValueKinds['fixedSizeHex']: {
      const from = index * column.byteWidth;
      return writeHex(target, view, position, column.bytes, from, from + column.byteWidth);
    }
    case 35 satisfies ValueKinds['dateMillisecondText']:
      return writeDateText(target, view, position, dayOf(values, index), column.dayText);
    case 36 satisfies ValueKinds['dateMillisecondBinary']:
      return writeDateBinary(view, position, dayOf(values, index));
    case 37 satisfies ValueKinds['timeText']:
      return writeTimeText(target, view, position, values, index, column.unitsPerSecond);
    case 38 satisfies ValueKinds['timeBinary']:
      return writeTimeBinary(view, position, values, index, column.unitsPerSecond);
    case 39 satisfies ValueKinds['written']:
      return column.writer!.write(index, target, view, position);
    case 40 satisfies ValueKinds['longBytes']: {
      const from = column.offsets.getInt32(index * 4, true);
      const length = column.offsets.getInt32(index * 4 + 4, true) - from;
      const staged = from + column.stagedAt;
      if (staged < 0) return writeBytes(target, view, position, column.bytes, values, from, length);
      target.copyWithin(position, staged, staged + length);
      return position + length;
    }
    default:
      throw new Error(`value kind ${column.kind} has no encoder`);
  }
}

function dayOf(values: DataView, index: number): number {
  return dayOfMilliseconds(values.getInt32(index * 8 + 4, true), values.getInt32(index * 8, true));
}

/** Offsets that fall, or lead out of the values, would become lengths of messages: they are looked at once for each batch. */
import type { Data } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { DamagedData } from '../damaged-data.js';

/** Columns that come again: dictionaries, and the elements of sliced lists. */
const known = new WeakSet<Data>();
/** Below this many values it costs more to remember. */
const REMEMBERED_VALUES = 1024;

/**
 * @param most - where values can end at most
 * @throws DamagedData for a value that ends before it begins, or beyond
 */
export function checkOffsets(data: Data, most: number): void {
  const stored: Int32Array | undefined = data.valueOffsets;
  if (stored === undefined || stored.length === 0 || known.has(data)) return;
  // Rows that were added as nulls have no offsets.
  const values = Math.min(data.length, stored.length - 1);
  const sound = isLarge(data.type) ? areLargeInOrder(stored, values, most) : areInOrder(stored, values, most);
  const bad = sound ? -1 : firstBad(data.valueOffsets, values, most);
  if (bad >= 0) throw misplaced(data, bad, most);
  if (values >= REMEMBERED_VALUES) known.add(data);
}

/** No branches within, for every text that is sent is looked at: of numbers from 0 on that rise, no difference has the sign's bit. */
function areInOrder(offsets: Int32Array, values: number, most: number): boolean {
  let from = offsets[0]! | 0;
  let signs = from;
  for (let index = 1; index <= values; index++) {
    const to = offsets[index]! | 0;
    signs |= to | (to - from);
    from = to;
  }
  return signs >= 0 && from <= most;
}

/** Of 64-bit offsets whose upper halves are 0; of others it tells nothing. */
function areLargeInOrder(stored: ArrayBufferView, values: number, most: number): boolean {
  const words = new Int32Array(stored.buffer, stored.byteOffset, stored.byteLength / 4);
  let from = words[0]! | 0;
  let signs = from;
  let upper = words[1]! | 0;
  for (let at = 2; at <= 2 * values; at += 2) {
    const to = words[at]! | 0;
    upper |= words[at + 1]! | 0;
    signs |= to | (to - from);
    from = to;
  }
  return upper === 0 && signs >= 0 && from <= most;
}

/** The first value that is misplaced, -1 if none is. */
function firstBad(offsets: ArrayLike<number | bigint>, values: number, most: number): number {
  let from = Number(offsets[0]);
  if (from < 0) return 0;
  for (let index = 0; index < values; index++) {
    const to = Number(offsets[index + 1]);
    if (to < from || to > most) return index;
    from = to;
  }
  return -1;
}

function isLarge(type: DataType): boolean {
  return DataType.isLargeUtf8(type) || DataType.isLargeBinary(type) || DataType.isLargeList(type);
}

function misplaced(data: Data, index: number, most: number): DamagedData {
  const offsets: ArrayLike<number | bigint> = data.valueOffsets;
  const detail = `A value of the type ${data.type} goes from ${offsets[index]} to ${offsets[index + 1]}, of ${most}.`;
  return new DamagedData(data, index, 'damaged Arrow data', detail);
}

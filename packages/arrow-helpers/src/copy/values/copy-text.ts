/** Above this many bytes one native copy is quicker than a loop. */
const LOOP_BYTES = 96;

/**
 * Copies `size` bytes, eight at a time: there must be room for seven more on both sides. Returns the end of the copy. A float64 that is
 * not NaN keeps all its bits, and is one load and store where integers, without a BigInt, are two.
 */
export function copyText(
  target: Buffer,
  targetView: DataView,
  to: number,
  bytes: Buffer,
  view: DataView,
  start: number,
  size: number,
): number {
  if (size > LOOP_BYTES) bytes.copy(target, to, start, start + size);
  else {
    for (let at = 0; at < size; at += 8) {
      const eight = view.getFloat64(start + at, true);
      if (!Number.isNaN(eight)) targetView.setFloat64(to + at, eight, true);
      else {
        targetView.setInt32(to + at, view.getInt32(start + at, true), true);
        targetView.setInt32(to + at + 4, view.getInt32(start + at + 4, true), true);
      }
    }
  }
  return to + size;
}

/** Above this many bytes the loop that takes more at a time is quicker. */
const SHORT_BYTES = 96;
/** Above this many bytes one native copy is quicker than a loop; before Node 22 it makes an object, too. */
const LOOP_BYTES = 1536;

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
  if (size > SHORT_BYTES) copyLongText(target, targetView, to, bytes, view, start, size);
  else for (let at = 0; at < size; at += 8) copyEight(targetView, to + at, view, start + at);
  return to + size;
}

/** The same for text that is seldom short: one branch for 32 bytes. */
export function copyLongText(
  target: Buffer,
  targetView: DataView,
  to: number,
  bytes: Buffer,
  view: DataView,
  start: number,
  size: number,
): void {
  if (size > LOOP_BYTES) {
    bytes.copy(target, to, start, start + size);
    return;
  }
  let at = 0;
  for (; at + 32 <= size; at += 32) {
    const first = view.getFloat64(start + at, true);
    const second = view.getFloat64(start + at + 8, true);
    const third = view.getFloat64(start + at + 16, true);
    const fourth = view.getFloat64(start + at + 24, true);
    if (Number.isNaN(first) || Number.isNaN(second) || Number.isNaN(third) || Number.isNaN(fourth)) {
      for (let part = at; part < at + 32; part += 8) copyEight(targetView, to + part, view, start + part);
      continue;
    }
    targetView.setFloat64(to + at, first, true);
    targetView.setFloat64(to + at + 8, second, true);
    targetView.setFloat64(to + at + 16, third, true);
    targetView.setFloat64(to + at + 24, fourth, true);
  }
  for (; at < size; at += 8) copyEight(targetView, to + at, view, start + at);
}

function copyEight(targetView: DataView, to: number, view: DataView, from: number): void {
  const eight = view.getFloat64(from, true);
  if (!Number.isNaN(eight)) targetView.setFloat64(to, eight, true);
  else {
    targetView.setInt32(to, view.getInt32(from, true), true);
    targetView.setInt32(to + 4, view.getInt32(from + 4, true), true);
  }
}

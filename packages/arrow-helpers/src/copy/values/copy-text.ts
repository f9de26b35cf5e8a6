/** Above this many bytes one native copy is quicker than a loop. */
const LOOP_BYTES = 96;

/** Copies `size` bytes, eight at a time: there must be room for seven more on both sides. Returns the end of the copy. */
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
      targetView.setInt32(to + at, view.getInt32(start + at, true), true);
      targetView.setInt32(to + at + 4, view.getInt32(start + at + 4, true), true);
    }
  }
  return to + size;
}

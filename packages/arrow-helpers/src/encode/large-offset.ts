/** The 64-bit offset at `index` as a double: exact, for no buffer has 2^53 bytes. */
export function largeOffset(offsets: DataView, index: number): number {
  return offsets.getInt32(index * 8 + 4, true) * 0x1_0000_0000 + offsets.getUint32(index * 8, true);
}

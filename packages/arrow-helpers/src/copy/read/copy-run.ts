/**
 * Copies bytes up to one at which `stops` is set, four at a time where none of the four is a control character or one of two
 * others, which come four times in a number each: all stops are. Returns where it is.
 */
export function copyRun(
  target: Buffer,
  targetView: DataView,
  to: number,
  bytes: Buffer,
  view: DataView,
  from: number,
  stops: Uint8Array,
  firstFour: number,
  secondFour: number,
): number {
  const distance = to - from;
  let at = from;
  for (;;) {
    const word = view.getInt32(at);
    // The upper bit of a byte is set where it is below 0x20, or where its difference from one of the others is below 1.
    const one = word ^ firstFour;
    const other = word ^ secondFour;
    const found = ((word - 0x2020_2020) & ~word) | ((one - 0x0101_0101) & ~one) | ((other - 0x0101_0101) & ~other);
    if ((found & 0x8080_8080) === 0) {
      targetView.setInt32(distance + at, word);
      at += 4;
      continue;
    }
    for (let end = at + 4; at < end; at++) {
      const byte = bytes[at]!;
      if (stops[byte] !== 0) return at;
      target[distance + at] = byte;
    }
  }
}

/**
 * Puts `quote` around the bytes from `start` to `end` where they lie and `escapeByte` before each quote and escape among
 * them; returns the position after them, which is at most `end - start + 2` further.
 */
export function quoteInPlace(
  target: Uint8Array,
  start: number,
  end: number,
  quote: number,
  escapeByte: number,
): number {
  let escapes = 0;
  for (let index = start; index < end; index++) {
    const byte = target[index]!;
    if (byte === quote || byte === escapeByte) escapes++;
  }
  let to = end + escapes;
  target[to + 1] = quote;
  for (let from = end - 1; from >= start; from--) {
    const byte = target[from]!;
    target[to--] = byte;
    if (byte === quote || byte === escapeByte) target[to--] = escapeByte;
  }
  target[start] = quote;
  return end + escapes + 2;
}

import { randomFillSync } from 'node:crypto';

/** Drawn at once: asking for each client costs more than all else of its key. */
const drawn = new Uint8Array(4096);
let used = drawn.length;

/** So many random bytes from the operating system, which are given out once. At most 4096. */
export function randomBytes(length: number): Uint8Array {
  if (used + length > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const bytes = drawn.slice(used, used + length);
  drawn.fill(0, used, used + length);
  used += length;
  return bytes;
}

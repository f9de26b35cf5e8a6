/**
 * Cuts bytes into pieces of one size, or of the sizes of a list, and what is left is the last piece.
 *
 * @throws RangeError if a size is not a whole number above 0.
 */
export function* splitBytes(bytes: Uint8Array, sizes: number | readonly number[]): Generator<Uint8Array> {
  let start = 0;
  for (let piece = 0; start < bytes.length; piece += 1) {
    const size = typeof sizes === 'number' ? sizes : (sizes[piece] ?? bytes.length);
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`a piece cannot have ${size} bytes`);
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

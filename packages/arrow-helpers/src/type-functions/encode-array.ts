import type { ArrayDimension } from '../array-input/decode-array-binary.js';

/** An array as array_send writes it: dimensions, whether there are NULLs, the elements' type, then all of them in a row. */
export function encodeArray(
  elementOid: number,
  dimensions: readonly ArrayDimension[],
  elements: readonly (Uint8Array | null)[],
): Uint8Array {
  const header = Buffer.alloc(12 + 8 * dimensions.length);
  header.writeInt32BE(dimensions.length);
  header.writeInt32BE(elements.includes(null) ? 1 : 0, 4);
  header.writeUInt32BE(elementOid, 8);
  for (const [at, { length, lowerBound }] of dimensions.entries()) {
    header.writeInt32BE(length, 12 + 8 * at);
    header.writeInt32BE(lowerBound, 16 + 8 * at);
  }
  return Buffer.concat([header, ...elements.flatMap(withLength)]);
}

function withLength(value: Uint8Array | null): readonly Uint8Array[] {
  const length = Buffer.alloc(4);
  length.writeInt32BE(value?.length ?? -1);
  return value === null ? [length] : [length, value];
}

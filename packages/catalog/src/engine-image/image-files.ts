import { brotliDecompressSync } from 'node:zlib';

/** One file of a data directory; the path is relative to it. Folders without files have a path that ends in a slash. */
export interface ImageFile {
  readonly path: string;
  readonly size: number;
  /** Its bytes, which whoever asks may write to: they are made at each call. */
  read(): Uint8Array;
}

/** The files of an image that `packImage` made. */
export function imageFiles(image: Buffer): readonly ImageFile[] {
  const indexEnd = 4 + image.readUInt32BE();
  const index: readonly (readonly [path: string, size: number, packedSize: number])[] = JSON.parse(
    image.toString('utf8', 4, indexEnd),
  );
  let position = indexEnd;
  return index.map(([path, size, packedSize]) => {
    const packed = image.subarray(position, position + packedSize);
    position += packedSize;
    // In one piece: garbage of this size would stay for long.
    return { path, size, read: () => brotliDecompressSync(packed, { chunkSize: Math.max(size + 1, 64) }) };
  });
}

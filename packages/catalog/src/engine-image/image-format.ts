import { promisify } from 'node:util';
import { brotliCompressSync, brotliDecompress, constants } from 'node:zlib';

/**
 * How far back the compressed text refers, in bits. Who reads it needs as much memory besides, which its thread does not give back:
 * the most that there can be would be as much as the image again, for a file that is a seventh smaller.
 */
const windowBits = 18;

/** One file of a data directory; the path is relative to it. Folders without files have a path that ends in a slash. */
export interface ImageFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes files as one block, compressed but for its length: the length of an index in JSON, the index, the files one
 * after the other.
 */
export function packImage(files: readonly ImageFile[]): Uint8Array {
  const index = Buffer.from(JSON.stringify(files.map(({ path, bytes }) => [path, bytes.length])));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(index.length);
  const whole = Buffer.concat([length, index, ...files.map(({ bytes }) => bytes)]);
  const compressed = brotliCompressSync(whole, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: windowBits,
      [constants.BROTLI_PARAM_SIZE_HINT]: whole.length,
    },
  });
  const wholeLength = Buffer.alloc(4);
  wholeLength.writeUInt32BE(whole.length);
  return Buffer.concat([wholeLength, compressed]);
}

const decompress = promisify(brotliDecompress);

/** Decompresses what {@link packImage} wrote, beside the thread that asks for it. Nobody else has the bytes. */
export function unpackImage(packed: Buffer): Promise<Uint8Array<ArrayBuffer>> {
  // In one piece: garbage of this size would stay for long.
  return decompress(packed.subarray(4), { chunkSize: packed.readUInt32BE() + 1 });
}

/** The files of an unpacked image. They are views of it, so whoever has it may write to them. */
export function imageFiles(unpacked: Uint8Array): readonly ImageFile[] {
  const whole = Buffer.from(unpacked.buffer, unpacked.byteOffset, unpacked.length);
  const indexEnd = 4 + whole.readUInt32BE();
  const index: readonly (readonly [string, number])[] = JSON.parse(whole.toString('utf8', 4, indexEnd));
  let position = indexEnd;
  return index.map(([path, length]) => {
    const bytes = whole.subarray(position, position + length);
    position += length;
    return { path, bytes };
  });
}

import { promisify } from 'node:util';
import { brotliCompressSync, brotliDecompress, constants } from 'node:zlib';
import { type ImageFile, joinFiles } from './image-files.js';

/**
 * How far back the compressed text refers, in bits. Who reads it needs as much memory besides, which its thread does not give back:
 * the most that there can be would be as much as the image again, for a file that is a seventh smaller.
 */
const windowBits = 18;

/** Writes files as one block, compressed but for its length. */
export function packImage(files: readonly ImageFile[]): Uint8Array {
  const whole = joinFiles(files);
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

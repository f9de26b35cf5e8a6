/** One file of a data directory; the path is relative to it. Folders without files have a path that ends in a slash. */
export interface ImageFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes files as one block: the length of an index in JSON, the index, the files one after the other.
 */
export function joinFiles(files: readonly ImageFile[]): Buffer {
  const index = Buffer.from(JSON.stringify(files.map(({ path, bytes }) => [path, bytes.length])));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(index.length);
  return Buffer.concat([length, index, ...files.map(({ bytes }) => bytes)]);
}

/** The files of such a block. They are views of it, so whoever has it may write to them. */
export function imageFiles(block: Uint8Array): readonly ImageFile[] {
  const whole = Buffer.from(block.buffer, block.byteOffset, block.length);
  const indexEnd = 4 + whole.readUInt32BE();
  const index: readonly (readonly [string, number])[] = JSON.parse(whole.toString('utf8', 4, indexEnd));
  let position = indexEnd;
  return index.map(([path, length]) => {
    const bytes = whole.subarray(position, position + length);
    position += length;
    return { path, bytes };
  });
}

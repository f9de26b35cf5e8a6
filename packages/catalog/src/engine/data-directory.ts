import type { PGlite } from '@electric-sql/pglite';

/** A file or a folder of PGlite's filesystem in memory; a file that was never written has null. */
interface FileNode {
  readonly contents: Uint8Array | FolderContents | null;
}

interface FolderContents {
  readonly [name: string]: FileNode;
}

/** What a data directory in memory holds. */
export class DataDirectory {
  readonly #all: FileNode;
  readonly #log: FileNode;

  /** @param path - absolute */
  constructor(filesystem: PGlite['Module']['FS'], path: string) {
    this.#all = filesystem.lookupPath(path).node;
    this.#log = filesystem.lookupPath(`${path}/pg_wal`).node;
  }

  /** Bytes that its files take, used or not, without the write-ahead log. */
  get dataBytes(): number {
    return bytesOf(this.#all) - this.logBytes;
  }

  /** Bytes of the write-ahead log. */
  get logBytes(): number {
    return bytesOf(this.#log);
  }
}

function bytesOf({ contents }: FileNode): number {
  if (contents === null) return 0;
  if (contents instanceof Uint8Array) return contents.byteLength;
  let bytes = 0;
  for (const name in contents) bytes += bytesOf(contents[name]!);
  return bytes;
}

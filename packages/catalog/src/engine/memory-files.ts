/** A folder of PGlite's filesystem in memory, as far as a file is made in it. */
interface FolderNode {
  readonly node_ops: { mknod(folder: FolderNode, name: string, mode: number, device: number): FileNode };
}

interface FileNode {
  contents: Uint8Array;
  usedBytes: number;
}

/** PGlite's filesystem in memory. */
interface MemoryFilesystem {
  mkdirTree(path: string): void;
  lookupPath(path: string): { readonly node: FolderNode };
}

const regularFile = 0o100_000;

/**
 * Makes files that are the very bytes that are given. A start makes a thousand, and none is there yet: to look at all folders of its
 * path, at permissions, to open and to close it would take as long as PostgreSQL's own start.
 */
export class MemoryFiles {
  readonly #filesystem: MemoryFilesystem;
  readonly #permissions: number;
  readonly #folders = new Map<string, FolderNode>();

  constructor(filesystem: MemoryFilesystem, permissions: number) {
    this.#filesystem = filesystem;
    this.#permissions = permissions;
  }

  /** Makes a file of an absolute path. */
  make(path: string, bytes: Uint8Array): void {
    const cut = path.lastIndexOf('/');
    const folder = this.folder(path.slice(0, cut));
    const file = folder.node_ops.mknod(folder, path.slice(cut + 1), regularFile | this.#permissions, 0);
    file.contents = bytes;
    file.usedBytes = bytes.length;
  }

  /** The folder of a path, made if there is none. */
  folder(path: string): FolderNode {
    let folder = this.#folders.get(path);
    if (folder === undefined) {
      this.#filesystem.mkdirTree(path);
      folder = this.#filesystem.lookupPath(path).node;
      this.#folders.set(path, folder);
    }
    return folder;
  }
}

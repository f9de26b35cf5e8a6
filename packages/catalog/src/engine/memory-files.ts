/** A folder of PGlite's filesystem in memory, as far as a file is made in it. */
interface FolderNode {
  readonly node_ops: { mknod(folder: FolderNode, name: string, mode: number, device: number): FileNode };
}

interface FileNode {
  contents: Uint8Array;
  usedBytes: number;
  stream_ops: object;
}

/** A file that is open. */
interface FileStream {
  readonly node: FileNode;
  stream_ops: object;
}

/** PGlite's filesystem in memory. */
interface MemoryFilesystem {
  mkdirTree(path: string): void;
  lookupPath(path: string): { readonly node: FolderNode };
}

/** A file that is to be made. */
export interface MemoryFile {
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  /** Gives its bytes, which become the file. */
  read(): Uint8Array;
}

const regularFile = 0o100_000;

/**
 * Makes files whose bytes are read when PostgreSQL opens them, for it opens few of those that there are. A start makes a thousand, and
 * none is there yet: to look at all folders of its path, at permissions, to open and to close it would take as long as
 * PostgreSQL's own start.
 */
export class MemoryFiles {
  readonly #filesystem: MemoryFilesystem;
  readonly #permissions: number;
  readonly #folders = new Map<string, FolderNode>();
  readonly #unread = new Map<FileNode, MemoryFile>();
  /** What PGlite does with a file until it has been opened. */
  #reading: object | undefined;

  constructor(filesystem: MemoryFilesystem, permissions: number) {
    this.#filesystem = filesystem;
    this.#permissions = permissions;
  }

  make(file: MemoryFile): void {
    const cut = file.path.lastIndexOf('/');
    const folder = this.folder(file.path.slice(0, cut));
    const node = folder.node_ops.mknod(folder, file.path.slice(cut + 1), regularFile | this.#permissions, 0);
    this.#reading ??= this.#operationsThatRead(node.stream_ops);
    node.usedBytes = file.size;
    node.stream_ops = this.#reading;
    this.#unread.set(node, file);
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

  #operationsThatRead(usual: object): object {
    const open = (stream: FileStream): void => {
      const { node } = stream;
      node.stream_ops = usual;
      stream.stream_ops = usual;
      const file = this.#unread.get(node);
      this.#unread.delete(node);
      // One that is written anew was cut to nothing before it was opened.
      if (node.usedBytes === file?.size) node.contents = file.read();
    };
    return { ...usual, open };
  }
}

import { MemoryFS, type PGlite } from '@electric-sql/pglite';
import type { ImageFile } from '../engine-image/image-format.js';

type ModuleOptions = Parameters<MemoryFS['init']>[1];

const pageSize = 65_536;
/** What the module asks for at least. */
const initialPages = 2048;

/** A data directory in memory that begins as the files of an image; PostgreSQL writes into their very bytes. */
export class ImageFilesystem extends MemoryFS {
  #files: readonly ImageFile[];
  readonly #memoryLimit: number;
  readonly #dataDirectory: string;

  constructor(files: readonly ImageFile[], dataDirectory: string, memoryLimit: number) {
    super();
    this.#files = files;
    this.#dataDirectory = dataDirectory;
    this.#memoryLimit = memoryLimit;
  }

  /** Besides what it is for, the one place where the memory of PGlite can be given an end. */
  override async init(database: PGlite, options: ModuleOptions): ReturnType<MemoryFS['init']> {
    const maximum = Math.max(initialPages, Math.floor(this.#memoryLimit / pageSize));
    return super.init(database, {
      ...options,
      wasmMemory: new WebAssembly.Memory({ initial: initialPages, maximum }),
    });
  }

  override async initialSyncFs(): Promise<void> {
    const filesystem = this.pg!.Module.FS;
    for (const { path, bytes } of this.#files) {
      const file = `${this.#dataDirectory}/${path}`;
      filesystem.mkdirTree(file.slice(0, file.lastIndexOf('/')));
      if (!path.endsWith('/')) filesystem.writeFile(file, bytes, { canOwn: true });
    }
    this.#files = [];
  }
}

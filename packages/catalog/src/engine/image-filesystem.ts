import { MemoryFS, type PGlite } from '@electric-sql/pglite';
import type { ImageFile } from '../engine-image/image-files.js';
import { bundledFile } from './bundled-file.js';
import { initialMemory, memoryPage } from './initial-memory.js';
import { MemoryFiles } from './memory-files.js';

type ModuleOptions = Parameters<MemoryFS['init']>[1];

/** Of the files that PGlite brings, some of which are programs, and of those of the image. */
const [permissionsOfPrograms, permissionsOfData] = [0o777, 0o666];

/** A data directory in memory that begins as the files of an image; PostgreSQL writes into their very bytes. What it does not open is not read. */
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

  /** Besides what it is for, the one place where the memory of PGlite can be given an end, and its own files be made in another way. */
  override async init(database: PGlite, options: ModuleOptions): ReturnType<MemoryFS['init']> {
    const maximum = Math.max(initialMemory, this.#memoryLimit);
    return super.init(database, {
      ...options,
      wasmMemory: new WebAssembly.Memory({ initial: pages(initialMemory), maximum: pages(maximum) }),
      // Only where in it a file would be is of use.
      getPreloadedPackage: (_name: string, size: number) => new ArrayBuffer(size),
      preRun: [...(options.preRun ?? []), makeFilesQuickly],
    });
  }

  override async initialSyncFs(): Promise<void> {
    const files = new MemoryFiles(this.pg!.Module.FS, permissionsOfData);
    for (const file of this.#files) {
      const path = `${this.#dataDirectory}/${file.path}`;
      if (path.endsWith('/')) files.folder(path.slice(0, -1));
      else files.make({ ...file, path });
    }
    this.#files = [];
  }
}

function pages(bytes: number): number {
  return Math.floor(bytes / memoryPage);
}

/** Comes before PGlite's files are made: time zones, six hundred of them. */
function makeFilesQuickly(module: PGlite['Module']): void {
  const files = new MemoryFiles(module.FS, permissionsOfPrograms);
  module.FS_createDataFile = (path: string, _name: null, { byteOffset, length }: Uint8Array) =>
    files.make({ path, size: length, read: () => bundledFile(byteOffset, length) });
}

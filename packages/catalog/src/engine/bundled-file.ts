import { closeSync, openSync, readSync } from 'node:fs';
import { pgliteFile } from './pglite-file.js';

/** Reads one of the files that PGlite brings along (time zones, extensions, texts), all of which are in one of six megabytes. */
export function bundledFile(position: number, length: number): Uint8Array {
  const path = pgliteFile('pglite.data');
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(length);
    if (readSync(file, bytes, 0, length, position) !== length) throw new Error(`${path} ends early`);
    return bytes;
  } finally {
    closeSync(file);
  }
}

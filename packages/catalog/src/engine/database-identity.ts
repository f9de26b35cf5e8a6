import { clipName, longestName } from '../clip-name.js';
import type { ImageFile } from '../engine-image/image-files.js';

/** The database that the image was made with, as initdb calls it. */
const imageDatabase = { oid: 5, name: 'postgres' } as const;

const pageSize = 8192;
const normalItem = 1;

/** Which database an instance is. */
export interface DatabaseIdentity {
  readonly oid: number;
  readonly name: string;
}

/**
 * Gives the only database of the image another OID and name, before PostgreSQL starts: afterwards nobody could change
 * the OID. Its files move to another folder, and the row in pg_database and the entries of its two indexes are written
 * over. PostgreSQL copes, for CREATE DATABASE copies a folder just so.
 */
export function nameDatabase(files: readonly ImageFile[], identity: DatabaseIdentity): readonly ImageFile[] {
  const folder = `base/${imageDatabase.oid}/`;
  return files.map((file) => {
    if (file.path === 'global/1262') return changed(file, (page) => renameRow(page, identity));
    if (file.path === 'global/2671')
      return changed(file, (page) => renameIndexEntry(page.subarray(pageSize), cstring(identity.name)));
    if (file.path === 'global/2672')
      return changed(file, (page) => renameIndexEntry(page.subarray(pageSize), oidBytes(identity.oid)));
    if (file.path.startsWith(folder))
      return { ...file, path: `base/${identity.oid}/${file.path.slice(folder.length)}` };
    return file;
  });
}

/** The file, with its bytes changed when they are read. */
function changed(file: ImageFile, change: (bytes: Buffer) => void): ImageFile {
  return {
    ...file,
    read: () => {
      const bytes = file.read();
      change(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      return bytes;
    },
  };
}

/** A row of pg_database begins with the OID and the name, both of a fixed length. Space that was freed has old rows. */
function renameRow(page: Buffer, identity: DatabaseIdentity): void {
  for (const { offset } of items(page)) {
    // The last byte of a row's header is its length.
    const row = offset + page[offset + 22]!;
    if (page.readUInt32LE(row) === imageDatabase.oid) {
      Buffer.concat([oidBytes(identity.oid), fixedName(identity.name)]).copy(page, row);
    }
  }
}

/** Writes the only entry of a leaf page again, with another key. */
function renameIndexEntry(page: Buffer, key: Buffer): void {
  const special = page.readUInt16LE(16);
  const size = Math.ceil((8 + key.length) / 8) * 8;
  const start = special - size;
  for (const { pointer, offset } of items(page)) {
    const entry = Buffer.alloc(size);
    page.copy(entry, 0, offset, offset + 8);
    // The lower 13 bits of the entry's flags are its size.
    entry.writeUInt16LE((page.readUInt16LE(offset + 6) & ~0x1fff) | size, 6);
    key.copy(entry, 8);
    entry.copy(page, start);
    page.writeUInt16LE(start, 14);
    page.writeUInt32LE((start | (normalItem << 15) | (size << 17)) >>> 0, pointer);
  }
}

/**
 * The items of a page that are in use. A pointer to one has 15 bits of offset, 2 of state, 15 of length.
 * https://www.postgresql.org/docs/18/storage-page-layout.html
 */
function items(page: Buffer): readonly { readonly pointer: number; readonly offset: number }[] {
  const found: { pointer: number; offset: number }[] = [];
  for (let pointer = 24; pointer < page.readUInt16LE(12); pointer += 4) {
    const value = page.readUInt32LE(pointer);
    if (((value >>> 15) & 3) === normalItem) found.push({ pointer, offset: value & 0x7fff });
  }
  return found;
}

/** The name, cut where PostgreSQL would cut it. */
function nameBytes(name: string): Buffer {
  return clipName(Buffer.from(name), longestName);
}

function fixedName(name: string): Buffer {
  const bytes = Buffer.alloc(longestName + 1);
  nameBytes(name).copy(bytes);
  return bytes;
}

function cstring(name: string): Buffer {
  return Buffer.concat([nameBytes(name), Buffer.alloc(1)]);
}

function oidBytes(oid: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(oid);
  return bytes;
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { MemoryFS, PGlite } from '@electric-sql/pglite';
import { startParameters } from '../engine/start-parameters.js';
import { type DataFile, packImage } from './pack-image.js';

const dataDirectory = PGlite.paths.PGDATA;
const sqlFolder = new URL('../../src/engine-image/sql/', import.meta.url);
const imageFile = new URL('./image.br', import.meta.url);
const builtInsFile = new URL('./built-ins.json', import.meta.url);

/** What whoever writes rows has to know of the rows that are there. */
const builtInsQuery = `
  SELECT json_build_object(
    'types', (SELECT json_agg(json_build_array(t.oid::bigint, n.nspname || '.' || t.typname, typlen, typbyval, typalign,
      typstorage, typcollation::bigint, typcategory, typoutput::oid::bigint, typsend::oid::bigint, typdelim,
      coalesce((SELECT o.oid::bigint FROM pg_opclass o
        WHERE o.opcmethod = 403 AND o.opcdefault AND o.opcintype IN (t.oid, polymorphic, coercible)
        ORDER BY o.opcintype = t.oid DESC LIMIT 1), 0)))
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      CROSS JOIN LATERAL (SELECT CASE WHEN t.typcategory = 'A' THEN 'anyarray' WHEN t.typtype = 'r' THEN 'anyrange'
        WHEN t.typtype = 'm' THEN 'anymultirange' WHEN t.typtype = 'c' THEN 'record' ELSE 'text' END::regtype AS polymorphic)
      LEFT JOIN LATERAL (SELECT casttarget AS coercible FROM pg_cast
        WHERE castsource = t.oid AND castmethod = 'b' AND castcontext = 'i' LIMIT 1) ON true),
    'relations', (SELECT json_agg(json_build_array(c.oid::bigint, n.nspname || '.' || c.relname))
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace),
    'schemas', (SELECT json_agg(json_build_array(oid::bigint, nspname)) FROM pg_namespace),
    'constraints', (SELECT json_agg(json_build_array(oid::bigint, conname)) FROM pg_constraint),
    'roles', (SELECT json_agg(json_build_array(oid::bigint, rolname)) FROM pg_authid))::text AS facts`;

/** A filesystem that hands out the data directory when PostgreSQL has written all of it: after the shutdown. */
class RecordingFilesystem extends MemoryFS {
  files: readonly DataFile[] = [];

  /** Without the maps of free space, a megabyte: where there is none, PostgreSQL writes to the end. */
  override async closeFs(): Promise<void> {
    this.files = withoutSpareWal([...filesBelow(this.pg!.Module.FS, '')]).filter(({ path }) => !path.endsWith('_fsm'));
    await super.closeFs();
  }
}

type EmscriptenFilesystem = PGlite['Module']['FS'];

function* filesBelow(filesystem: EmscriptenFilesystem, folder: string): Generator<DataFile> {
  const names = filesystem
    .readdir(`${dataDirectory}/${folder}`)
    .filter((name: string) => name !== '.' && name !== '..');
  if (names.length === 0) yield { path: folder, bytes: new Uint8Array() };
  for (const name of names) {
    const path = `${folder}${name}`;
    const { mode } = filesystem.stat(`${dataDirectory}/${path}`);
    if (filesystem.isDir(mode)) yield* filesBelow(filesystem, `${path}/`);
    else yield { path, bytes: filesystem.readFile(`${dataDirectory}/${path}`) };
  }
}

/** PostgreSQL keeps segments for later use; it makes new ones when it needs them. The first is the one that it is in. */
function withoutSpareWal(files: readonly DataFile[]): readonly DataFile[] {
  const segments = files
    .filter(({ path }) => /^pg_wal\/[0-9A-F]{24}$/.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return files.filter((file) => !segments.slice(1).includes(file));
}

/** Makes the data directory that every engine starts from: initdb, our overrides, no templates, a clean shutdown. */
async function makeImage(): Promise<void> {
  const filesystem = new RecordingFilesystem();
  const database = await PGlite.create({
    fs: filesystem,
    initDbStartParams: ['--wal-segsize=1', '--no-data-checksums', '--no-sync'],
    startParams: startParameters(),
  });
  for (const name of readdirSync(sqlFolder).sort()) {
    try {
      await database.exec(readFileSync(new URL(name, sqlFolder), 'utf8'));
    } catch (error) {
      throw new Error(`${name} failed`, { cause: error });
    }
  }
  const { rows } = await database.query<{ facts: string }>(builtInsQuery);
  writeFileSync(builtInsFile, rows[0]!.facts);
  await database.close();
  writeFileSync(imageFile, packImage(filesystem.files));
}

await makeImage();

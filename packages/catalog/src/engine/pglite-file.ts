import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The path of a file that comes with PGlite. */
export function pgliteFile(name: 'pglite.wasm' | 'pglite.data'): string {
  return join(dirname(require.resolve('@electric-sql/pglite')), name);
}

import type { Options } from 'tsup';

/** How every package of the workspace is bundled: ESM for Node 20, one entry unless told otherwise. */
export function preset(options: Options = {}): Options {
  return {
    entry: ['src/index.ts'],
    format: 'esm',
    target: 'node20',
    platform: 'node',
    sourcemap: true,
    clean: true,
    splitting: true,
    ...options,
  };
}

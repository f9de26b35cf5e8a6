import type { Options } from 'tsup';
import { keepConstants } from './scripts/keep-constants.js';

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
    plugins: [
      {
        name: 'keep-constants',
        renderChunk: (code, { type }) => (type === 'chunk' ? { code: keepConstants(code) } : undefined),
      },
    ],
    ...options,
  };
}

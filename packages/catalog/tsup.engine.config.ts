import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.js';

// The programs that run beside the one that uses the package, and the data directory that they start from.
export default defineConfig(
  preset({
    entry: {
      'engine-host': 'src/engine/engine-host.ts',
      'engine-worker': 'src/engine/engine-worker.ts',
      'parser-worker': 'src/route/parser-worker.ts',
      'make-image': 'src/engine-image/make-image.ts',
    },
    outDir: 'dist/engine',
    // Into one file with it: a worker started from the sources has no dist/ of the other package to go by.
    noExternal: ['@riffq/wire'],
    esbuildOptions: (options) => {
      options.conditions = ['@riffq/source'];
    },
    onSuccess: 'node dist/engine/make-image.js',
  }),
);

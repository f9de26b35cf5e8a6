import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.js';

// The oracle of the conformance tests is TypeScript source: it is bundled in.
export default defineConfig(
  preset({
    entry: [
      'src/run.ts',
      'src/server-program.ts',
      'src/echo-program.ts',
      'src/load-program.ts',
      'src/catalog-program.ts',
      'src/first-cost-program.ts',
    ],
    noExternal: ['@riffq/conformance'],
    sourcemap: false,
  }),
);

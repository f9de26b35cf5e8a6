import { defineConfig } from 'vitest/config';

// Tests run from source: the export condition `@riffq/source` points into every package's src. Vitest hands these on to
// Node, so `import` must not be among them: a package's own `require` would get its ES module.
const conditions = ['@riffq/source', 'node'];

export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['apps/conformance/src/oracle/global-setup.ts', 'scripts/build-for-tests.ts'],
    reporters: ['default', './scripts/closing-line-reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

/** Runs the cases of this folder, whose names keep them out of the repository's own run. */
export default defineConfig({
  test: {
    include: ['*.case.ts'],
    globalSetup: process.env['CLOSING_LINE_SETUP'] === 'throws' ? ['./throwing-setup.ts'] : [],
    reporters: ['default', '../../scripts/closing-line-reporter.ts'],
  },
});

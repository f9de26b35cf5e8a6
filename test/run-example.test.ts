import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './workspace.js';

test.each([
  ['without a name', [], 'Which example?'],
  ['with an unknown name', ['no-such-thing'], 'There is no example "no-such-thing".'],
])('`example` %s lists the examples and fails', (_, names, complaint) => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/run-example.mjs'), ...names], {
    encoding: 'utf8',
  });
  expect(stderr).toContain(complaint);
  expect(stderr).toMatch(/^ {2}demo$/m);
  expect(status).toBe(2);
});

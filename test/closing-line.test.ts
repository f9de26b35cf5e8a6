import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('a run that passes ends with the closing line, and exit code 0', async () => {
  const { lines, exitCode } = await runCases(['passing']);
  expect(lines.at(-1)).toBe('1 passed, 0 failed, 0 skipped');
  expect(exitCode).toBe(0);
});

test('failed tests, hooks and files are all counted, and what did not run is named with its reason', async () => {
  const { lines, exitCode } = await runCases(['outcomes', 'broken-file']);
  expect(lines).toContain('did not run: is skipped with a reason (psql is not installed)');
  expect(lines).toContain('did not run: a hook that throws > never ran');
  expect(lines.at(-1)).toBe('1 passed, 3 failed, 2 skipped');
  expect(exitCode).toBe(1);
});

test('a run whose set-up fails does not look like one without failures', async () => {
  const { lines, exitCode } = await runCases(['passing'], { CLOSING_LINE_SETUP: 'throws' });
  expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
  expect(exitCode).toBe(1);
});

async function runCases(files: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')));
  // A run of its own, not a worker of ours, whose variables would mislead it.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  const run = spawn(process.execPath, [vitest, 'run', '--root', 'closing-line', ...files], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  run.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [exitCode] = await once(run, 'close');
  return { lines: output.trimEnd().split('\n'), exitCode };
}

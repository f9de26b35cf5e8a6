import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** Runs a program that uses the package as built; fails unless it comes to its end, and exits with 0. */
async function printed(program: string, ...parameters: readonly string[]): Promise<string> {
  const file = fileURLToPath(new URL(`fixtures/${program}.mjs`, import.meta.url));
  return (await run(process.execPath, [file, ...parameters])).stdout;
}

test.each(['worker', 'process'])('a program that closes its catalog under a statement goes on (%s)', async (engine) => {
  expect(await printed('closed-under-query', engine)).toBe('57P01\nclosed\n');
});

test('and so does one that closes it under texts that take the parser long', async () => {
  expect(await printed('closed-under-parse')).toBe('57P01,57P01,57P01,57P01\nat once\n');
});

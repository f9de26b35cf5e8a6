import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('fixtures/silent-source.mjs', import.meta.url));

test.each(['databases', 'schemas', 'relations'])(
  'a process ends with its server, though the source never answers with %s',
  async (silent) => {
    // The source's own time limit is 30 seconds.
    const { stdout } = await promisify(execFile)(process.execPath, [program, silent], { timeout: 20_000 });
    expect(stdout.split('\n').sort()).toEqual(['', 'aborted', 'closed']);
  },
);

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds what tests start as programs: the examples, and the engine of the catalog. Before any test, because a build takes
 * away for a moment what others are using.
 */
export default function globalSetup(): void {
  // By pnpm, which turbo looks for.
  const turbo = ['--yes', 'pnpm@12', 'exec', 'turbo', 'run', 'build', '--filter=@riffq/examples...'];
  const { status, stdout, stderr } = spawnSync('npx', [...turbo, '--output-logs=errors-only'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`the packages could not be built\n${stdout}${stderr}`);
}

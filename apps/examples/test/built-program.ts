import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the examples with the packages under them: they are tested as users run them. */
export async function buildExamples(): Promise<void> {
  const build = ['--yes', 'pnpm@12', 'exec', 'turbo', 'run', 'build', '--filter=@riffq/examples...'];
  await run('npx', [...build, '--output-logs=errors-only'], { cwd: root, shell: process.platform === 'win32' });
}

/** The file of a built example. */
export function builtProgram(name: string): string {
  return fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
}

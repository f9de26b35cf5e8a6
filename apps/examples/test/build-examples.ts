import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the examples and the packages under them, as `pnpm demo` does: examples are tested as users run them. */
export async function buildExamples(): Promise<void> {
  const turbo = fileURLToPath(new URL('node_modules/turbo/bin/turbo', `file://${root}`));
  const parameters = ['run', 'build', '--filter=@riffq/examples...', '--output-logs=errors-only'];
  await promisify(execFile)(process.execPath, [turbo, ...parameters], { cwd: root });
}

/** The built program of an example. */
export function examplePath(name: string): string {
  return fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
}

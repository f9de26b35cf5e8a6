// `npx --yes pnpm@12 example <name> [options]`: builds the examples and runs one of them.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = readdirSync(join(root, 'apps/examples/src'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'));
const [name = '', ...options] = process.argv.slice(2);

if (!examples.includes(name)) {
  console.error(name === '' ? 'Which example?' : `There is no example "${name}".`);
  console.error(`usage: npx --yes pnpm@12 example <name> [options]\n\n  ${examples.join('\n  ')}`);
  process.exit(2);
}

const turbo = join(dirname(createRequire(import.meta.url).resolve('turbo/package.json')), 'bin/turbo');
const parameters = ['run', 'build', '--filter=@riffq/examples...', '--output-logs=errors-only'];
// What the example prints is for a pipe, perhaps: the build reports to standard error.
const build = spawnSync(process.execPath, [turbo, ...parameters], { cwd: root, stdio: ['inherit', 2, 'inherit'] });
if (build.status !== 0) {
  process.exit(build.status ?? 1);
}

// In this very process: signals and the exit code are the example's own.
const program = join(root, 'apps/examples/dist', `${name}.js`);
process.argv.splice(1, process.argv.length, program, ...options);
await import(pathToFileURL(program).href);

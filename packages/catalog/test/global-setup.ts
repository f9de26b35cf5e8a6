import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${folder}dist/engine/.stamp`;

/**
 * Makes the engine's programs and its data directory if they are not of these sources: tests run from source, but a
 * worker thread does not.
 */
export default function globalSetup(): void {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  execFileSync('../../node_modules/.bin/tsup', ['--config', 'tsup.engine.config.ts', '--silent'], { cwd: folder });
  writeFileSync(stamp, now);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const names = readdirSync(`${folder}src`, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(ts|sql)$/.test(name),
  );
  for (const path of [
    ...names.sort().map((name) => `src/${name}`),
    'package.json',
    'tsup.engine.config.ts',
    '../../pnpm-lock.yaml',
  ]) {
    hash.update(path).update(readFileSync(`${folder}${path}`));
  }
  return hash.digest('hex');
}

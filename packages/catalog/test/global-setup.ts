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
  const folders = ['src/engine', 'src/engine-image', '../wire/src'];
  const sources = folders.flatMap((name) =>
    readdirSync(`${folder}${name}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|sql)$/.test(path))
      .map((path) => `${name}/${path}`),
  );
  for (const path of [...sources.sort(), 'src/errors.ts', 'tsup.engine.config.ts', '../../pnpm-lock.yaml']) {
    hash.update(path).update(readFileSync(`${folder}${path}`));
  }
  return hash.digest('hex');
}

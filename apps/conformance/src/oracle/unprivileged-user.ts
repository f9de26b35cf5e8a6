import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A user of the operating system, by its numbers. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Whom PostgreSQL runs as: `nobody` when we are root, as which it refuses to run, otherwise ourselves (`undefined`). */
export async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const [uid, gid] = await Promise.all([identity('-u'), identity('-g')]);
  return { uid, gid };
}

async function identity(flag: '-u' | '-g'): Promise<number> {
  const { stdout } = await promisify(execFile)('id', [flag, 'nobody']);
  // macOS gives 4294967294 or -2 for the same user; Node wants a signed number to spawn with.
  return Number(stdout) | 0;
}

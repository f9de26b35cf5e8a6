import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ClientAbsentError } from '../client.js';

/** The path of what `.ci/build-clients` makes of the client of that name. */
export function builtPath(name: string): string {
  const path = fileURLToPath(new URL(`../../../../.clients/${name}`, import.meta.url));
  if (!existsSync(path)) {
    throw new ClientAbsentError(`there is no .clients/${name}: \`.ci/run\` builds it`);
  }
  return path;
}

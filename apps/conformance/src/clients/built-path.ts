import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ClientAbsentError } from '../client.js';

/** Where `.ci/run` puts the client of that name, or a file of it. */
export function clientPath(name: string): string {
  return fileURLToPath(new URL(`../../../../.clients/${name}`, import.meta.url));
}

/** The same. @throws ClientAbsentError if it is not there */
export function builtPath(name: string): string {
  const path = clientPath(name);
  if (!existsSync(path)) {
    throw new ClientAbsentError(`there is no .clients/${name}: \`.ci/run\` builds it`);
  }
  return path;
}

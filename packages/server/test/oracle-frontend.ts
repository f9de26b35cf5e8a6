import { once } from 'node:events';
import { connect } from 'node:net';
import { inject } from 'vitest';
import { Frontend } from './frontend.js';

/** A client of the real PostgreSQL, by its Unix socket, where it asks for no password. */
export async function connectToOracle(): Promise<Frontend> {
  const { socketDirectory, port } = inject('oracle');
  const socket = connect(`${socketDirectory}/.s.PGSQL.${port}`);
  await once(socket, 'connect');
  return new Frontend(socket);
}

/** A trace without what no two servers have in common (source positions, process ids, keys), and our detail of bad frames. */
export function comparable(trace: string): string {
  return trace
    .replaceAll(/^B\t\d+\tErrorResponse/gm, 'B\tn\tErrorResponse')
    .replaceAll(/ D "Reading stopped[^"]*"/g, '')
    .replaceAll(/ F "[^"]*" L "[^"]*" R "[^"]*"/g, '')
    .replaceAll(/(BackendKeyData\t).*$/gm, '$1 key');
}

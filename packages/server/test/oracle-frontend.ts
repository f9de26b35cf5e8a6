import { normaliseTrace } from '@riffq/testing';
import { inject } from 'vitest';
import { Frontend } from './frontend.js';

/** A client of the real PostgreSQL, by its Unix socket, where it asks for no password. */
export async function connectToOracle(): Promise<Frontend> {
  const { socketDirectory, port } = inject('oracle');
  return Frontend.connect({ host: socketDirectory, port });
}

/** A normalised trace without our detail of bad frames, and so without the length of errors. */
export function comparable(trace: string): string {
  return normaliseTrace(trace)
    .replaceAll(/^B\t\d+\tErrorResponse/gm, 'B\tn\tErrorResponse')
    .replaceAll(/ D "Reading stopped[^"]*"/g, '');
}

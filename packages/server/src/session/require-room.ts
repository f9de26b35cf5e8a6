import { tooManyPortals, tooManyStatements } from '../errors.js';
import type { ClientSession } from './client-session.js';

/** @throws PgError 53400 when a session has as many prepared statements as it may. */
export function requireRoomForStatement({ statements, host }: ClientSession, name: string): void {
  const limit = host.limits.statements;
  if (name !== '' && isFull(statements, limit)) throw tooManyStatements(limit);
}

/** @throws PgError 53400 when a session has as many portals as it may. */
export function requireRoomForPortal({ portals, host }: ClientSession, name: string): void {
  const limit = host.limits.portals;
  if (name !== '' && isFull(portals, limit)) throw tooManyPortals(limit);
}

/** The unnamed one takes nobody's place. */
function isFull(named: ReadonlyMap<string, unknown>, limit: number): boolean {
  return limit > 0 && named.size - (named.has('') ? 1 : 0) >= limit;
}

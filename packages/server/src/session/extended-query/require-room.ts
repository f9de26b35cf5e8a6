import { tooManyPortals, tooManyStatements } from '../../errors/limit-errors.js';
import type { ClientSession } from '../client-session.js';

/** @throws PgError 53400 when a session has as many prepared statements as it may; the unnamed one takes nobody's place. */
export function requireRoomForStatement({ statements, host }: ClientSession, name: string): void {
  const limit = host.limits.statements;
  if (limit > 0 && name !== '' && statements.namedCount >= limit) throw tooManyStatements(limit);
}

/** @throws PgError 53400 when a session has as many portals as it may; the unnamed one takes nobody's place. */
export function requireRoomForPortal({ portals, host }: ClientSession, name: string): void {
  const limit = host.limits.portals;
  if (limit > 0 && name !== '' && portals.namedCount >= limit) throw tooManyPortals(limit);
}

import { tooLongStatements, tooManyPortals, tooManyStatements } from '../../errors/limit-errors.js';
import type { ClientSession } from '../client-session.js';

/**
 * @throws PgError 53400 when a session has as many prepared statements as it may, 54000 when their texts would be too long; the
 * unnamed one takes nobody's place.
 */
export function requireRoomForStatement({ statements, host }: ClientSession, name: string, text: string): void {
  if (name === '') return;
  const { statements: most, statementBytes } = host.limits;
  if (most > 0 && statements.namedCount >= most) throw tooManyStatements(most);
  if (statementBytes > 0 && statements.bytes + Buffer.byteLength(text) > statementBytes) {
    throw tooLongStatements(statementBytes);
  }
}

/** @throws PgError 53400 when a session has as many portals as it may; the unnamed one takes nobody's place. */
export function requireRoomForPortal({ portals, host }: ClientSession, name: string): void {
  const limit = host.limits.portals;
  if (limit > 0 && name !== '' && portals.namedCount >= limit) throw tooManyPortals(limit);
}

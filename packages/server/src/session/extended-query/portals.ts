import type { PgError } from '@riffq/wire';
import type { Awaitable } from '../../awaitable.js';
import { inFailedBlock, noSuchPortal } from '../../errors/statement-errors.js';
import type { ClientSession } from '../client-session.js';
import { closeRows } from '../handler/close-rows.js';
import { openRows } from './prepared-statement.js';

/** Closes a portal, if there is one of the name, and releases its rows. */
export function closePortal(session: ClientSession, name: string): Awaitable<void> {
  const portal = session.portals.get(name);
  if (portal === undefined) return;
  session.portals.delete(name);
  const open = openRows(portal.state);
  if (open !== undefined) return session.flushingMeanwhile(closeRows(session, open.rows, open.interrupt));
}

/** Says of a portal that the session does not have why nothing can be done with it. */
export function absentPortal({ transaction, handlersCursors }: ClientSession, name: string): PgError {
  // In a failed block the handler, who may have it, cannot be asked.
  return transaction.failed && handlersCursors.has(name) ? inFailedBlock() : noSuchPortal(name);
}

/** Closes all portals but the one whose statement asks for it. */
export function closeAllPortals(session: ClientSession, running?: string): Awaitable<void> {
  for (const { name } of session.portals.all()) {
    if (name === running) continue;
    const closing = closePortal(session, name);
    // The others when this one is closed.
    if (closing instanceof Promise) return closing.then(() => closeAllPortals(session, running));
  }
}

/** Closes the portals made since a savepoint, which is being rolled back to. */
export async function closePortalsSince(session: ClientSession, savepoint: number): Promise<void> {
  for (const portal of session.portals.all()) {
    if (portal.savepoints > savepoint && !portal.held) await closePortal(session, portal.name);
  }
}

/** An error has ended the portals that were made at this depth of savepoints; they stay, and cannot be run. */
export async function failPortals(session: ClientSession, savepoints: number): Promise<void> {
  for (const portal of session.portals.all()) {
    if (portal.savepoints < savepoints || portal.held || portal.ofFailedBlock) continue;
    await closePortal(session, portal.name);
    session.portals.set(portal.name, { ...portal, state: { kind: 'done', tag: null } });
  }
}

/** Makes the portals since a savepoint, which is being released, part of what is around it. */
export function keepPortals(session: ClientSession, savepoint: number): void {
  for (const portal of session.portals.all()) portal.savepoints = Math.min(portal.savepoints, savepoint);
}

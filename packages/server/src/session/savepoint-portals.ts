import type { ClientSession } from './client-session.js';

/** Closes the portals made since a savepoint, which is being rolled back to. */
export async function closePortalsSince(session: ClientSession, savepoint: number): Promise<void> {
  for (const portal of [...session.portals.values()]) {
    if (portal.savepoints > savepoint && !portal.held) await session.closePortal(portal.name);
  }
}

/** An error has ended the portals that were made at this depth of savepoints; they stay, and cannot be run. */
export async function failPortals(session: ClientSession, savepoints: number): Promise<void> {
  for (const portal of [...session.portals.values()]) {
    if (portal.savepoints < savepoints || portal.held) continue;
    await session.closePortal(portal.name);
    session.portals.set(portal.name, { ...portal, state: { kind: 'done', tag: null } });
  }
}

/** Makes the portals since a savepoint, which is being released, part of what is around it. */
export function keepPortals(session: ClientSession, savepoint: number): void {
  for (const portal of session.portals.values()) portal.savepoints = Math.min(portal.savepoints, savepoint);
}

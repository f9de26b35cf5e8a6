import { type Awaitable, andThen } from '../../awaitable.js';
import { heldRowsLimit } from '../../errors/limit-errors.js';
import type { Interrupt } from '../../interrupt.js';
import type { ClientSession } from '../client-session.js';
import { closePortal } from './portals.js';
import { openRows, type Portal } from './prepared-statement.js';

/**
 * Closes the portals of a transaction that ends. Cursors WITH HOLD outlive a commit: where `handleTransaction` does the
 * work their rows are read and kept, up to 64 MiB of a session; a handler that is told of no transactions goes on giving them.
 *
 * @throws PgError 54000 when they are more
 */
export function endPortals(session: ClientSession, how: 'commit' | 'rollback', interrupt: Interrupt): Awaitable<void> {
  for (const portal of session.portals.all()) {
    if (portal.held) continue;
    const ending =
      how === 'commit' && portal.cursor?.hold ? hold(session, portal, interrupt) : closePortal(session, portal.name);
    // The others when this one is done.
    if (ending instanceof Promise) return andThen(ending, () => endPortals(session, how, interrupt));
  }
}

/** Whether the end of the transaction has rows to keep, which may take its time. */
export function hasRowsToHold(session: ClientSession): boolean {
  if (session.connection.handleTransaction === undefined) return false;
  for (const portal of session.portals.all()) if (portal.cursor?.hold && !portal.held) return true;
  return false;
}

function hold(session: ClientSession, portal: Portal, interrupt: Interrupt): Awaitable<void> {
  if (session.connection.handleTransaction !== undefined && portal.state.kind === 'rows') {
    return readOn(session, portal, portal.state, interrupt);
  }
  portal.held = true;
}

async function readOn(
  { portals }: ClientSession,
  portal: Portal,
  { rows, interrupt: ownInterrupt }: Extract<Portal['state'], { kind: 'rows' }>,
  interrupt: Interrupt,
): Promise<void> {
  const unfollow = ownInterrupt.follow(interrupt);
  try {
    const before = portals
      .all()
      .reduce((sum, { state, heldBytes }) => sum + (openRows(state) ? (heldBytes ?? 0) : 0), 0);
    portal.heldBytes = await ownInterrupt.race(rows.hold(heldRowsLimit - before));
  } finally {
    unfollow();
  }
  portal.held = true;
}

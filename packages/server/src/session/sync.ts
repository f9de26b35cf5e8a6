import type { Awaitable } from '../awaitable.js';
import { Interrupt } from '../interrupt.js';
import { asRunning } from './as-running.js';
import type { ClientSession } from './client-session.js';
import { hasRowsToHold } from './end-portals.js';
import { endTransaction } from './transaction-command.js';

/** Sync commits a pipeline and closes what portals are left, unless the client has begun a block. */
export function sync(session: ClientSession): Awaitable<void> {
  if (session.transaction.kind === 'block') return;
  // Only what the user's object has to do can be worth a cancel.
  if (!session.transaction.announced && !hasRowsToHold(session))
    return endTransaction(session, 'commit', session.interrupt);
  const interrupt = new Interrupt();
  return asRunning(session, interrupt, () => endTransaction(session, 'commit', interrupt));
}

import type { Awaitable } from '../../awaitable.js';
import { Interrupt } from '../../interrupt.js';
import { asRunning } from '../as-running.js';
import type { ClientSession } from '../client-session.js';
import { endTransaction } from '../transaction/transaction-command.js';
import { hasRowsToHold } from './end-portals.js';

/** Sync commits a pipeline and closes what portals are left, unless the client has begun a block. */
export function sync(session: ClientSession): Awaitable<void> {
  const { transaction, connection } = session;
  if (transaction.kind === 'block') return;
  const asks = connection.handleSync !== undefined && !transaction.isQuiet;
  // Only what the user's object has to do can be worth a cancel.
  if (!asks && !transaction.announced && !hasRowsToHold(session)) {
    return endTransaction(session, 'commit', session.interrupt);
  }
  const interrupt = new Interrupt();
  return asRunning(session, interrupt, async () => {
    if (asks) await askHandler(session, interrupt);
    await endTransaction(session, 'commit', interrupt);
  });
}

async function askHandler(session: ClientSession, interrupt: Interrupt): Promise<void> {
  const context = { session, signal: interrupt.signalFor(session.host.logger) };
  await interrupt.race(Promise.resolve(session.connection.handleSync?.(context)));
}

import type { Interrupt } from '../../interrupt.js';
import type { TransactionCommand } from '../../query-context.js';
import type { ClientSession } from '../client-session.js';

/** Tells the user's object of a transaction, if it wants to know, and waits until it has done its part. */
export async function announceTransaction(
  session: ClientSession,
  command: TransactionCommand,
  interrupt: Interrupt,
): Promise<void> {
  const context = { session, signal: interrupt.signalFor(session.host.logger), parameterTypes: [] };
  await interrupt.race(Promise.resolve(session.connection.handleTransaction?.(command, context)));
}

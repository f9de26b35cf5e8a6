import type { Awaitable } from '../../awaitable.js';
import type { Interrupt } from '../../interrupt.js';
import type { RowStream } from '../../results/row-stream.js';
import type { ClientSession } from '../client-session.js';

/**
 * Releases a result that was not read to its end. After an abort, or when the session ends, nobody waits for it: a source
 * that ignores its signal must not hold the session.
 */
export async function closeRows(session: ClientSession, rows: RowStream, interrupt: Interrupt): Promise<void> {
  const closing = rows.close().catch((error: unknown) => {
    session.host.logger.warn({ err: error, connectionId: session.connectionId }, 'a result could not be closed');
  });
  await session.interrupt.race(interrupt.race(closing)).catch(() => {});
}

/** Does something with a result, and releases it when that fails. */
export function closingOnError<T>(
  session: ClientSession,
  rows: RowStream,
  interrupt: Interrupt,
  work: () => Awaitable<T>,
): Awaitable<T> {
  try {
    const result = work();
    return result instanceof Promise ? result.catch((error) => failed(session, rows, interrupt, error)) : result;
  } catch (error) {
    return failed(session, rows, interrupt, error);
  }
}

async function failed(session: ClientSession, rows: RowStream, interrupt: Interrupt, error: unknown): Promise<never> {
  await closeRows(session, rows, interrupt);
  throw error;
}

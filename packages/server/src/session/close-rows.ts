import type { RowStream } from '../results/row-stream.js';
import type { ClientSession } from './client-session.js';

/**
 * Releases a result. After an abort nobody waits for it: a source that ignores its signal must not hold the session.
 */
export async function closeRows(session: ClientSession, rows: RowStream, signal: AbortSignal): Promise<void> {
  const closing = rows.close().catch((error: unknown) => {
    session.host.logger.warn({ err: error, connectionId: session.connectionId }, 'a result could not be closed');
  });
  if (!signal.aborted) await closing;
}

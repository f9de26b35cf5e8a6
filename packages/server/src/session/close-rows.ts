import { abortable } from '../abortable.js';
import type { RowStream } from '../results/row-stream.js';
import type { ClientSession } from './client-session.js';

/**
 * Releases a result that was not read to its end. After an abort, or when the session ends, nobody waits for it: a source
 * that ignores its signal must not hold the session.
 */
export async function closeRows(session: ClientSession, rows: RowStream, signal: AbortSignal): Promise<void> {
  const closing = rows.close().catch((error: unknown) => {
    session.host.logger.warn({ err: error, connectionId: session.connectionId }, 'a result could not be closed');
  });
  await abortable(abortable(closing, signal), session.signal).catch(() => {});
}

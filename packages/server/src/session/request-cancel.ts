import { canceled } from '../errors.js';
import type { ClientSession } from './client-session.js';

/** A CancelRequest of the session's client: ends what runs, or leaves that to a handler that forwards it. */
export async function requestCancel(session: ClientSession): Promise<void> {
  const { connection, connectionId } = session;
  if (connection.handleCancel === undefined) {
    session.cancel(canceled());
    return;
  }
  if (!session.isRunning) return;
  try {
    await connection.handleCancel();
  } catch (error) {
    session.host.logger.error({ err: error, connectionId }, 'a handler failed to cancel');
  }
}

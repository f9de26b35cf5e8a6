import { canceled } from '../../errors/interruptions.js';
import type { Logger } from '../../logger.js';
import type { OtherSession } from '../session-host.js';

/** A CancelRequest for a session: ends what it runs, or leaves that to a handler that forwards it. */
export async function requestCancel(session: OtherSession, logger: Logger): Promise<void> {
  const { connection, connectionId } = session;
  if (connection.handleCancel === undefined) {
    session.cancel(canceled());
    return;
  }
  if (!session.isRunning) return;
  try {
    await connection.handleCancel();
  } catch (error) {
    logger.error({ err: error, connectionId }, 'a handler failed to cancel');
  }
}

import { canceled, shuttingDown } from '../../errors/interruptions.js';
import { notYourSession } from '../../errors/statement-errors.js';
import type { ClientSession } from '../client-session.js';

/** Cancels the statement of a session of the same user, or ends the session; false when there is no such session. */
export function reachSession(session: ClientSession, kind: 'cancel' | 'terminate', processId: number): boolean {
  let reached = false;
  for (const other of session.host.sessions()) {
    if (other.processId !== processId) continue;
    if (other.user !== session.user) throw notYourSession(kind);
    if (kind === 'cancel' && other.processId === session.processId) throw canceled();
    if (kind === 'cancel') other.cancel(canceled());
    else other.close(shuttingDown());
    reached = true;
  }
  return reached;
}

import type { ClientSession } from './client-session.js';
import { closeAllPortals } from './extended-query/portals.js';

/** Closes what is open and tells the user's object, once, that its client is gone. */
export async function leave(session: ClientSession): Promise<void> {
  const { host, connectionId } = session;
  host.cancelRegistry.unregister(session.processId);
  session.channels.unlistenAll();
  session.close();
  try {
    await closeAllPortals(session);
    await host.handlers.disconnect(connectionId, session.remoteAddress, session.remotePort);
  } catch (error) {
    host.logger.error({ err: error, connectionId }, 'a handler failed on disconnect');
  }
}

import { isPgError, PgError, sqlstate } from '@riffq/wire';
import { authenticate } from '../../authentication/authenticate.js';
import type { Awaitable } from '../../awaitable.js';
import type { ClientSession } from '../client-session.js';
import { decide } from '../handler/decide.js';
import { withSignal } from '../lazy-signal.js';

/**
 * Lets a client in: has it show who it is, then asks `handleConnect`. Throws the FATAL error that the client gets, 28P01 and
 * 28000 unless the handler said otherwise; false when the client has left. Where nobody has to be asked, it is in at once.
 */
export function admit(session: ClientSession): Awaitable<boolean> {
  const authenticating = authenticate(session);
  if (authenticating instanceof Promise) return admitOnceAuthenticated(session, authenticating);
  if (asksNobody(session)) {
    session.interrupt.throwIfAborted();
    return true;
  }
  return admitAuthenticated(session);
}

async function admitOnceAuthenticated(session: ClientSession, authenticating: Promise<void>): Promise<boolean> {
  try {
    await authenticating;
  } catch (error) {
    // It is told why, unless it went by itself.
    if (session.ending !== undefined) return false;
    throw error;
  }
  return admitAuthenticated(session);
}

function asksNobody({ host, connection, user }: ClientSession): boolean {
  const { catalog } = host;
  const asksCatalog = catalog !== undefined && (catalog.knowsDatabases || user.startsWith('pg_'));
  return !host.handlers.asksWhoConnects(connection) && !asksCatalog;
}

async function admitAuthenticated(session: ClientSession): Promise<boolean> {
  await decide(
    session,
    () =>
      new PgError({
        severity: 'FATAL',
        sqlstate: sqlstate.invalid_authorization_specification,
        message: 'Connection rejected',
      }),
    (callback) =>
      session.host.handlers.connect(
        session.connectionId,
        session.remoteAddress,
        session.remotePort,
        withSignal({ serverName: session.serverName, callback, session }),
      ),
  );
  await session.host.catalog?.engine.requireUser(session.user);
  await findDatabase(session);
  return true;
}

/** Who may not come in learns nothing of what there is. A source that fails keeps nobody from what is not its own. */
async function findDatabase(session: ClientSession): Promise<void> {
  const { host, interrupt } = session;
  try {
    if (host.catalog?.knowsDatabases) {
      session.database = await host.catalog.databaseName(session.database, interrupt.signal);
    }
  } catch (error) {
    if (interrupt.reason !== undefined) throw interrupt.reason;
    if (isPgError(error) && error.sqlstate === sqlstate.invalid_catalog_name) throw error;
    host.logger.error({ err: error, connectionId: session.connectionId }, 'the databases could not be asked for');
  }
}

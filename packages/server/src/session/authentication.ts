import { decodeFrontendMessage, isPgError, PgError, sqlstate } from '@riffq/wire';
import { asFatal, protocolViolation } from '../errors.js';
import type { BooleanCallback, MaybePromise } from '../query-result.js';
import type { ClientSession } from './client-session.js';

/**
 * Lets a client in: asks for a clear-text password when the host wants one, then asks `handleConnect`. Throws the FATAL
 * error that the client gets, 28P01 and 28000 unless the handler said otherwise; false when the client has left.
 */
export async function admit(session: ClientSession): Promise<boolean> {
  const { host } = session;
  const wrongPassword = (): PgError =>
    new PgError({
      severity: 'FATAL',
      sqlstate: sqlstate.invalid_password,
      message: `password authentication failed for user "${session.user}"`,
    });
  if (host.handlers.asksForPassword(session.connection) && (await needsPassword(session, wrongPassword))) {
    const password = await askForPassword(session);
    if (password === null) return false;
    await decide(session, wrongPassword, (callback) =>
      host.handlers.authenticate(session.connectionId, session.user, password, session.remoteAddress, {
        database: session.database,
        callback,
        session,
        // Made only for who looks at it: thousands of idle sessions go without.
        get signal() {
          return session.signal;
        },
      }),
    );
  }
  await decide(
    session,
    () =>
      new PgError({
        severity: 'FATAL',
        sqlstate: sqlstate.invalid_authorization_specification,
        message: 'Connection rejected',
      }),
    (callback) =>
      host.handlers.connect(session.connectionId, session.remoteAddress, session.remotePort, {
        serverName: session.serverName,
        callback,
        session,
        get signal() {
          return session.signal;
        },
      }),
  );
  await requireDatabase(session);
  return true;
}

/** Who may not come in learns nothing of what there is. A source that fails keeps nobody from what is not its own. */
async function requireDatabase(session: ClientSession): Promise<void> {
  const { host, interrupt } = session;
  try {
    if (host.catalog?.knowsDatabases) await host.catalog.requireDatabase(session.database, interrupt.signal);
  } catch (error) {
    if (interrupt.reason !== undefined) throw interrupt.reason;
    if (isPgError(error) && error.sqlstate === sqlstate.invalid_catalog_name) throw error;
    host.logger.error({ err: error, connectionId: session.connectionId }, 'the databases could not be asked for');
  }
}

async function needsPassword(session: ClientSession, refusal: () => PgError): Promise<boolean> {
  const { connection, interrupt } = session;
  if (connection.needsPassword === undefined) return true;
  const context = {
    session,
    get signal() {
      return session.signal;
    },
  };
  try {
    // Only `false` lets somebody go unasked.
    return (await interrupt.race(Promise.resolve(connection.needsPassword(context)))) !== false;
  } catch (error) {
    throw failedDecision(session, error, refusal);
  }
}

async function askForPassword(session: ClientSession): Promise<string | null> {
  session.send({ type: 'AuthenticationCleartextPassword' });
  session.outbound.flush();
  for (;;) {
    const frame = session.inbound.take();
    if (frame !== undefined) {
      const message = decodeFrontendMessage(frame, 'PasswordMessage');
      if (message.type === 'PasswordMessage') return message.password;
      throw protocolViolation(`expected password response, got message type ${frame.type}`, 'FATAL');
    }
    if (session.ending !== undefined) return null;
    await session.inbound.wait();
  }
}

/** Only `true` lets a client in; a throw, or a promise of nothing, refuses. */
async function decide(
  session: ClientSession,
  refusal: () => PgError,
  ask: (callback: BooleanCallback) => MaybePromise<boolean | undefined | void>,
): Promise<void> {
  const decision = new Promise<PgError | null>((resolve, reject) => {
    const callback: BooleanCallback = (allowed, details) => {
      resolve(allowed === true ? null : detailedRefusal(details, refusal));
    };
    const answer = ask(callback);
    if (answer === undefined) return;
    Promise.resolve(answer).then((allowed) => callback(allowed === true), reject);
  });
  let refused: PgError | null;
  try {
    refused = await session.interrupt.race(decision);
  } catch (error) {
    refused = failedDecision(session, error, refusal);
  }
  if (refused !== null) throw refused;
}

/** Only a PgError is meant for the client; anything else may tell strangers too much. */
function failedDecision(session: ClientSession, error: unknown, refusal: () => PgError): PgError {
  if (session.ending !== undefined) return session.ending;
  session.host.logger.error({ err: error, connectionId: session.connectionId }, 'a handler failed to decide');
  return isPgError(error) ? asFatal(error) : refusal();
}

function detailedRefusal(details: Parameters<BooleanCallback>[1], otherwise: () => PgError): PgError {
  const { message, severity, sqlstate: code } = details ?? {};
  if (message === undefined && severity === undefined && code === undefined) return otherwise();
  return new PgError({
    severity: severity ?? 'FATAL',
    sqlstate: code ?? sqlstate.internal_error,
    message: message ?? 'rejected',
  });
}

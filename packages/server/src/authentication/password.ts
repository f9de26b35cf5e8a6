import { isLoopbackAddress } from '../listen-address.js';
import type { ClientSession } from '../session/client-session.js';
import { consult, decide } from '../session/handler/decide.js';
import { withSignal } from '../session/lazy-signal.js';
import type { SessionHost } from '../session/session-host.js';
import type { PasswordSettings } from './authentication.js';
import { isPassword, lookUpSecret } from './look-up-secret.js';
import { receiveAnswer } from './receive-answer.js';
import { emptyPassword, needsEncryption, wrongPassword } from './refusals.js';

/**
 * Asks for the password in clear text and has the host's code decide; false when that lets the client go unasked.
 *
 * @throws PgError FATAL when it refuses
 */
export async function checkPassword(session: ClientSession, settings: PasswordSettings): Promise<boolean> {
  const { host, connection, user, remoteAddress } = session;
  const refusal = () => wrongPassword(user);
  if (!(await needsPassword(session))) return false;
  if (!session.encrypted && settings.allowUnencrypted !== true && !isLocal(remoteAddress)) {
    if (!warned.has(host)) host.logger.warn({ remoteAddress, user }, unencryptedPasswords);
    warned.add(host);
    throw needsEncryption(host.tls !== undefined);
  }
  session.send({ type: 'AuthenticationCleartextPassword' });
  const password = (await receiveAnswer(session, 'PasswordMessage'))?.password ?? '';
  if (host.handlers.asksForPassword(connection)) {
    await decide(session, refusal, (callback) =>
      host.handlers.authenticate(
        session.connectionId,
        user,
        password,
        remoteAddress,
        withSignal({ database: session.database, callback, session }),
      ),
    );
    return true;
  }
  if (password === '') throw emptyPassword();
  if (!(await isPassword(session, password, await lookUpSecret(session)))) throw refusal();
  return true;
}

/** What the host program reads when clients are refused for it. */
export const unencryptedPasswords =
  'clients of other machines are refused, as their passwords would cross the network in clear text: offer TLS (setTls), use scram-sha-256, or set allowUnencrypted';

/** Those whose log has it: strangers must not fill it. */
const warned = new WeakSet<SessionHost>();

/** Nothing leaves this machine. A Unix socket has no address. */
function isLocal(remoteAddress: string): boolean {
  return remoteAddress === '' || isLoopbackAddress(remoteAddress);
}

async function needsPassword(session: ClientSession): Promise<boolean> {
  const { connection, user } = session;
  const context = withSignal({ session });
  // Only `false` lets somebody go unasked.
  return (
    (await consult(
      session,
      () => wrongPassword(user),
      () => connection.needsPassword?.(context),
    )) !== false
  );
}

import type { ClientSession } from '../session/client-session.js';
import { consult } from '../session/handler/decide.js';
import { withSignal } from '../session/lazy-signal.js';
import { isMd5Verifier, md5Verifier } from './md5-verifier.js';
import { wrongPassword } from './refusals.js';
import { sameSecret } from './same-secret.js';
import { deriveVerifier, parseScramVerifier } from './scram-verifier.js';
import type { StoredSecret } from './stored-secret.js';

const none: StoredSecret = { kind: 'none' };

/**
 * Asks the user's object for what it knows of the client's password, which unknown users are then compared with. What it throws
 * refuses the client.
 */
export async function lookUpSecret(session: ClientSession): Promise<StoredSecret> {
  const secret = await askForSecret(session);
  session.host.unknownUsers.compareWith(secret);
  return secret;
}

async function askForSecret(session: ClientSession): Promise<StoredSecret> {
  const { connection, user, database, host, connectionId } = session;
  const { lookupPassword } = connection;
  if (lookupPassword === undefined) {
    host.logger.error({ connectionId }, 'passwords cannot be checked: the connection class has no lookupPassword');
    return none;
  }
  const context = withSignal({ database, session });
  const answer = await consult(
    session,
    () => wrongPassword(user),
    () => lookupPassword.call(connection, user, context),
  );
  // Nobody has an empty password, in PostgreSQL either.
  if (typeof answer !== 'string' || answer === '') return none;
  if (isMd5Verifier(answer)) return { kind: 'md5', verifier: answer };
  if (!answer.startsWith('SCRAM-SHA-256$')) return { kind: 'clear', password: answer };
  const verifier = parseScramVerifier(answer);
  if (verifier !== null) return { kind: 'scram', verifier };
  // Taken for a password it would let in who has read it.
  host.logger.error({ connectionId, user }, 'lookupPassword gave a SCRAM verifier that cannot be read');
  return none;
}

/** Whether a password that the client sent as it is, is the one. One that is not is hashed, whoever's it is: all wait as long. */
export async function isPassword(
  { user, host: { unknownUsers } }: ClientSession,
  password: string,
  secret: StoredSecret,
): Promise<boolean> {
  if (secret.kind === 'scram') {
    const { salt, iterations, storedKey } = secret.verifier;
    return sameSecret((await deriveVerifier(password, salt, iterations)).storedKey, storedKey);
  }
  const isRight =
    (secret.kind === 'clear' && sameSecret(password, secret.password)) ||
    (secret.kind === 'md5' && sameSecret(md5Verifier(user, password), secret.verifier));
  if (!isRight) await deriveVerifier(password, unknownUsers.saltOf(user), unknownUsers.iterations);
  return isRight;
}

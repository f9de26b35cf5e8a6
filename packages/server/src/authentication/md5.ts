import type { ClientSession } from '../session/client-session.js';
import { randomBytes } from '../session/random-bytes.js';
import type { Md5Settings } from './authentication.js';
import { lookUpSecret } from './look-up-secret.js';
import { md5Answer, md5Verifier } from './md5-verifier.js';
import { receiveAnswer } from './receive-answer.js';
import { emptyPassword, wrongPassword } from './refusals.js';
import { sameSecret } from './same-secret.js';
import { checkByScram } from './scram.js';
import type { StoredSecret } from './stored-secret.js';

/** Has the client answer to a salt with a hash of its password. @throws PgError FATAL when it is the wrong one */
export async function checkByMd5(session: ClientSession, settings: Md5Settings): Promise<void> {
  const { user, host } = session;
  const secret = await lookUpSecret(session);
  const { passwordEncryption = host.unknownUsers.areAskedByScram ? 'scram-sha-256' : 'md5' } = settings;
  // There is nothing to compare a hash with. What is asked must not show whether there is such a user.
  if (secret.kind === 'scram' || (secret.kind === 'none' && passwordEncryption === 'scram-sha-256')) {
    return checkByScram(session, settings, secret);
  }
  const salt = randomBytes(4);
  session.send({ type: 'AuthenticationMD5Password', salt });
  const answer = (await receiveAnswer(session, 'PasswordMessage'))?.password ?? '';
  if (answer === '') throw emptyPassword();
  const isRight = sameSecret(answer, md5Answer(verifierOf(user, secret), salt));
  if (!isRight || secret.kind === 'none') throw wrongPassword(user);
}

/** An unknown user's is nobody's. */
function verifierOf(user: string, secret: Exclude<StoredSecret, { kind: 'scram' }>): string {
  if (secret.kind === 'md5') return secret.verifier;
  return md5Verifier(user, secret.kind === 'clear' ? secret.password : '');
}

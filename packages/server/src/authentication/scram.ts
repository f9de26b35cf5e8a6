import { protocolViolation } from '../errors/statement-errors.js';
import type { ClientSession } from '../session/client-session.js';
import { randomBytes } from '../session/random-bytes.js';
import type { Md5Settings, ScramSettings } from './authentication.js';
import { receiveAnswer } from './receive-answer.js';
import { wrongPassword } from './refusals.js';
import { ScramExchange, type ScramSetup } from './scram-exchange.js';
import { defaultIterations, deriveVerifier } from './scram-verifier.js';
import type { StoredSecret } from './stored-secret.js';

const plain = 'SCRAM-SHA-256';
const plus = 'SCRAM-SHA-256-PLUS';

/** Has the client show by SCRAM that it knows the password. @throws PgError FATAL when it does not */
export async function checkByScram(
  session: ClientSession,
  settings: ScramSettings | Md5Settings,
  secret: StoredSecret,
): Promise<void> {
  const { certificateHash } = session.identity;
  session.send({ type: 'AuthenticationSASL', mechanisms: certificateHash === null ? [plain] : [plus, plain] });
  const choice = await receiveAnswer(session, 'SASLInitialResponse');
  if (choice === null) throw wrongPassword(session.user);
  if (choice.mechanism !== plain && (choice.mechanism !== plus || certificateHash === null)) {
    throw protocolViolation('client selected an invalid SASL authentication mechanism', 'FATAL');
  }
  const exchange = new ScramExchange({
    ...passwordOf(session, settings, secret),
    nonce: Buffer.from(randomBytes(18)).toString('base64'),
    binding: choice.mechanism === plus ? certificateHash : null,
    offersBinding: certificateHash !== null,
  });
  let { data } = choice;
  if (data === null) {
    session.send({ type: 'AuthenticationSASLContinue', data: new Uint8Array() });
    data = await nextMessage(session);
  }
  session.send({ type: 'AuthenticationSASLContinue', data: exchange.begin(data) });
  const proof = await exchange.finish(await nextMessage(session));
  if (proof === null) {
    // As much as for a user whose password is hashed at each login: all wait as long, whatever is known of them.
    if (secret.kind !== 'clear')
      await deriveVerifier(session.user, new Uint8Array(), settings.iterations ?? defaultIterations);
    throw wrongPassword(session.user);
  }
  session.send({ type: 'AuthenticationSASLFinal', data: proof });
}

async function nextMessage(session: ClientSession): Promise<Uint8Array> {
  const message = await receiveAnswer(session, 'SASLResponse');
  if (message === null) throw wrongPassword(session.user);
  return message.data;
}

/** What a client is told, and held against. */
function passwordOf(
  { user, host: { unknownUsers } }: ClientSession,
  settings: ScramSettings | Md5Settings,
  secret: StoredSecret,
): Pick<ScramSetup, 'salt' | 'iterations' | 'verifier'> {
  if (secret.kind === 'scram') {
    const { salt, iterations } = secret.verifier;
    return { salt, iterations, verifier: async () => secret.verifier };
  }
  const salt = unknownUsers.saltOf(user, settings.secret);
  if (secret.kind === 'clear') {
    const { iterations = defaultIterations } = settings;
    return { salt, iterations, verifier: () => deriveVerifier(secret.password, salt, iterations) };
  }
  const { iterations = unknownUsers.iterations } = settings;
  return { salt, iterations, verifier: async () => null };
}

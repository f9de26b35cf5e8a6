import {
  decodeFrontendMessage,
  type Frame,
  type FrontendMessage,
  frontendTypeName,
  ImpossibleLengthError,
  type PasswordKind,
} from '@riffq/wire';
import { clientGone } from '../errors/interruptions.js';
import { protocolViolation } from '../errors/statement-errors.js';
import type { Inbound } from '../io/inbound.js';
import type { ClientSession } from '../session/client-session.js';

/** PostgreSQL's limit for messages of SASL, far above what a mechanism needs. */
const longestSaslMessage = 1024;

type Answer<Kind extends PasswordKind> = Extract<FrontendMessage, { type: Kind }>;

/**
 * Sends what has been said so far, and waits for the client's answer; null for a SASL message that is too long.
 *
 * @throws PgError why the session ends, when that comes first; FATAL 08P01 for any other message.
 */
export async function receiveAnswer<Kind extends PasswordKind>(
  session: ClientSession,
  kind: Kind,
): Promise<Answer<Kind> | null> {
  const { inbound, outbound } = session;
  const isSasl = kind !== 'PasswordMessage';
  outbound.flush();
  for (;;) {
    const frame = isSasl ? takeSasl(inbound) : inbound.take();
    if (frame === null) return null;
    if (frame !== undefined) {
      // All three have its type byte.
      if (frontendTypeName(frame.type) === 'PasswordMessage') {
        if (isSasl && frame.body.length > longestSaslMessage) return null;
        const message = decodeFrontendMessage(frame, kind);
        if (isOfKind(message, kind)) return message;
      }
      const expected = isSasl ? 'SASL' : 'password';
      throw protocolViolation(`expected ${expected} response, got message type ${frame.type}`, 'FATAL');
    }
    if (inbound.finished) throw session.ending ?? clientGone;
    await inbound.wait();
  }
}

/** Null for one of an impossible length: PostgreSQL then refuses the proof. */
function takeSasl(inbound: Inbound): Frame | null | undefined {
  try {
    return inbound.take();
  } catch (error) {
    if (error instanceof ImpossibleLengthError) return null;
    throw error;
  }
}

function isOfKind<Kind extends PasswordKind>(message: FrontendMessage, kind: Kind): message is Answer<Kind> {
  return message.type === kind;
}

import { PasswordExchange } from '../authentication/password-exchange.js';
import type { ReceivedMessage } from './received-message.js';
import { Reply } from './reply.js';
import { type ProtocolVersion, startupMessage } from './startup-message.js';

/** As whom to open a session, and how. */
export interface RawSession {
  readonly user: string;
  /** The server decides if it is not given: PostgreSQL takes the user's name. */
  readonly database?: string;
  /** Given in clear text, as MD5 hash or by SCRAM-SHA-256, as the server wants it. */
  readonly password?: string;
  /** Further parameters of the StartupMessage. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What the StartupMessage asks for. @defaultValue '3.0' */
  readonly protocol?: ProtocolVersion;
}

/** Where the server has said something that wants an answer, or all. */
const isTurn = ({ name }: ReceivedMessage): boolean =>
  name.startsWith('Authentication') || name === 'ErrorResponse' || name === 'ReadyForQuery';

/**
 * Sends the StartupMessage and answers what the server asks until the session is ready.
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-START-UP
 *
 * @throws PgError with what the server said, if it refuses.
 */
export async function startSession(
  session: RawSession,
  send: (frame: Uint8Array) => void,
  until: (matches: (message: ReceivedMessage) => boolean) => Promise<Reply>,
): Promise<Reply> {
  const { user, database, password, parameters, protocol = '3.0' } = session;
  send(startupMessage(protocol, { user, ...(database === undefined ? {} : { database }), ...parameters }));
  const exchange = new PasswordExchange(user, password);
  const messages: ReceivedMessage[] = [];
  for (;;) {
    const reply = await until(isTurn);
    messages.push(...reply.messages);
    if (reply.error) throw reply.error;
    const last = messages.at(-1);
    if (last === undefined || last.name === 'ReadyForQuery') return new Reply(messages);
    const answer = await exchange.answer(last);
    if (answer) send(answer);
  }
}

import type { ClientSession } from './client-session.js';

/**
 * What an admitted client is told before its first ReadyForQuery: the reported settings by name, and its cancel key.
 *
 * @throws PgError FATAL when it asked for settings that it cannot have.
 */
export function greet(session: ClientSession): void {
  session.send({ type: 'AuthenticationOk' });
  const { settingsRefusal } = session.identity;
  // Another PostgreSQL has taken what it knows, and we need not.
  if (settingsRefusal !== undefined && !session.transaction.isForwarded) throw settingsRefusal;
  session.tellSettings();
  session.send({ type: 'BackendKeyData', processId: session.processId, secretKey: session.secretKey });
  session.asynchronous.sendEarly();
  session.readyForQuery();
}

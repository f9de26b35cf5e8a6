import type { ClientSession } from './client-session.js';

/**
 * What an admitted client is told before its first ReadyForQuery: the reported settings by name, and its cancel key.
 *
 * @throws PgError FATAL when it asked for settings that it cannot have.
 */
export function greet(session: ClientSession): void {
  session.send({ type: 'AuthenticationOk' });
  if (session.identity.settingsRefusal !== undefined) throw session.identity.settingsRefusal;
  session.tellSettings();
  session.send({ type: 'BackendKeyData', processId: session.processId, secretKey: session.secretKey });
  session.sendEarly();
  session.readyForQuery();
}

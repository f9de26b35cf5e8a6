import type { ClientSession } from './client-session.js';

/**
 * What an admitted client is told before its first ReadyForQuery: the reported settings by name, and its cancel key.
 *
 * @throws PgError FATAL when it asked for settings that it cannot have.
 */
export function greet(session: ClientSession): void {
  session.send({ type: 'AuthenticationOk' });
  const { settingsRefusal, settingsNotices } = session.identity;
  // Another PostgreSQL has taken what it knows, and we need not; what there is to tell of that, it tells itself.
  if (!session.transaction.isForwarded) {
    for (const fields of settingsNotices) session.send({ type: 'NoticeResponse', fields });
    if (settingsRefusal !== undefined) throw settingsRefusal;
  }
  session.tellSettings();
  session.send({ type: 'BackendKeyData', processId: session.processId, secretKey: session.secretKey });
  session.asynchronous.sendEarly();
  session.readyForQuery();
}

import { requireOwnRole } from '@riffq/catalog';
import { encodeBackendMessage, FrameWriter, isPgError } from '@riffq/wire';
import { asFatal } from '../../errors/to-pg-error.js';
import { encodedMessage } from '../../io/encoded-message.js';
import type { ClientSession } from '../client-session.js';
import type { StartupRequest } from './startup-request.js';

const authenticationOk = encodedMessage({ type: 'AuthenticationOk' });

/**
 * What an admitted client is told before its first ReadyForQuery: the reported settings by name, and its cancel key.
 *
 * @throws PgError FATAL when it asked for settings that it cannot have.
 */
export function greet(session: ClientSession): void {
  session.outbound.sendEncoded(authenticationOk);
  const { refusal, notices, roles } = session.identity.startup;
  // Another PostgreSQL has taken what it knows, and we need not; what there is to tell of that, it tells itself.
  if (!session.transaction.isForwarded) {
    for (const fields of notices) session.send({ type: 'NoticeResponse', fields });
    if (refusal !== undefined) throw refusal;
    requireOwnRoles(session, roles);
  }
  tellSettings(session);
  session.send({ type: 'BackendKeyData', processId: session.processId, secretKey: session.secretKey });
  session.asynchronous.sendEarly();
  session.readyForQuery();
}

function requireOwnRoles(session: ClientSession, roles: StartupRequest['roles']): void {
  try {
    for (const [setting, role] of roles) requireOwnRole(session, setting, role);
  } catch (error) {
    throw isPgError(error) ? asFatal(error) : error;
  }
}

/** Clients that ask for the same are told the same, unless the host's code has settings of its own for them. */
function tellSettings(session: ClientSession): void {
  const { settingValues, identity, host, outbound } = session;
  const { startup } = identity;
  const isAsAsked = settingValues.own === startup.initialSettings;
  const statuses = isAsAsked ? host.lastStartup.statusesOf(startup, () => encodedStatuses(session)) : undefined;
  if (statuses === undefined) {
    session.tellSettings();
    return;
  }
  outbound.sendEncoded(statuses);
  settingValues.markTold();
}

function encodedStatuses({ settingValues }: ClientSession): Uint8Array {
  const writer = new FrameWriter();
  settingValues.tellUntold((name, value) => encodeBackendMessage(writer, { type: 'ParameterStatus', name, value }));
  return writer.take().slice();
}

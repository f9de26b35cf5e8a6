import type { Awaitable } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import { changeTransactionModes, transactionModesOfSetting } from '../session-statements/transaction-modes.js';
import { settingDefinition } from '../settings/setting-definition.js';
import { limitedSettingValue } from '../settings/timeouts.js';
import { truncateIdentifier } from '../sql/truncate-identifier.js';
import type { ClientSession } from './client-session.js';
import { requireOwnRole } from './startup/require-own-role.js';

/** Sets a setting as its client wants it, for the session or the transaction. @throws PgError for what it cannot be */
export function changeSetting(
  session: ClientSession,
  name: string,
  value: string,
  scope: 'session' | 'transaction',
  interrupt: Interrupt,
): Awaitable<void> {
  const { settingValues, host } = session;
  const definition = settingDefinition(name);
  requireOwnRole(session, name, value);
  const isName = definition?.isName === true;
  const given = isName ? truncateIdentifier(value, session.tell) : value;
  const kept = limitedSettingValue(host.limits, name, given, settingValues.get(name));
  if (definition?.ofTransaction === true) {
    return changeTransactionModes(session, transactionModesOfSetting(definition.name, kept), interrupt);
  }
  settingValues.set(name, kept, scope);
}

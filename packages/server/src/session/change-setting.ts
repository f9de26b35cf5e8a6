import { requireOwnRole } from '@riffq/catalog';
import type { Awaitable } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import { changeTransactionModes, transactionModesOfSetting } from '../session-statements/transaction-modes.js';
import { cannotReset } from '../settings/invalid-setting.js';
import { requireChangeable } from '../settings/require-changeable.js';
import { settingDefinition } from '../settings/setting-definition.js';
import { requireCustomName } from '../settings/setting-value.js';
import type { SettingScope } from '../settings/settings.js';
import { limitedSettingValue } from '../settings/timeouts.js';
import { truncateIdentifier } from '../sql/truncate-identifier.js';
import type { ClientSession } from './client-session.js';

/** Sets a setting as its client wants it, for the session or the transaction. @throws PgError for what it cannot be */
export function changeSetting(
  session: ClientSession,
  name: string,
  value: string,
  scope: SettingScope,
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

/** Gives a setting the value back that the session began with. @throws PgError for what cannot be changed */
export function resetSetting({ settingValues }: ClientSession, name: string, scope: SettingScope): void {
  const definition = settingDefinition(name);
  if (definition?.noReset === true) throw cannotReset(definition);
  if (definition === undefined) requireCustomName(name);
  else requireChangeable(definition, 'session');
  settingValues.reset(name, scope);
}

import { settingDefinition } from '../settings/setting-definition.js';
import { limitedSettingValue } from '../settings/timeouts.js';
import { truncateIdentifier } from '../sql/truncate-identifier.js';
import type { ClientSession } from './client-session.js';
import { requireOwnRole } from './require-own-role.js';

/** Sets a setting as its client wants it, for the session or the transaction. @throws PgError for what it cannot be */
export function changeSetting(
  session: ClientSession,
  name: string,
  value: string,
  scope: 'session' | 'transaction',
): void {
  const { settingValues, host } = session;
  const definition = settingDefinition(name);
  requireOwnRole(session, name, value);
  const isName = definition?.isName === true;
  const given = isName ? truncateIdentifier(value, (notice) => session.notice(notice)) : value;
  settingValues.set(name, limitedSettingValue(host.limits, name, given, settingValues.get(name)), scope);
}

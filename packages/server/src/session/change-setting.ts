import { limitedSettingValue } from '../settings/timeouts.js';
import type { ClientSession } from './client-session.js';

/** Sets a setting as its client wants it, for the session or the transaction. @throws PgError for what it cannot be */
export function changeSetting(
  { settingValues, host }: ClientSession,
  name: string,
  value: string,
  scope: 'session' | 'transaction',
): void {
  settingValues.set(name, limitedSettingValue(host.limits, name, value, settingValues.get(name)), scope);
}

import { settingDefinitions } from '../settings/setting-definition.js';
import { initialTimeouts } from '../settings/timeouts.js';
import type { ClientSession } from './client-session.js';

const ofTransaction = settingDefinitions.filter((definition) => definition.ofTransaction).map(({ name }) => name);

/** Where a session's values come from, in the words of pg_settings, by lower-case name; what is not in it is a default. */
export function settingSources({
  host,
  connection,
  identity,
  settingValues,
}: ClientSession): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const name of [...initialTimeouts(host.limits).keys(), ...host.settings.keys()])
    sources.set(name, 'configuration file');
  // What ALTER ROLE ... SET would have said.
  for (const name of Object.keys(connection.initialSettings ?? {})) sources.set(name.toLowerCase(), 'user');
  for (const name of identity.startup.askedSettings.keys()) sources.set(name, 'client');
  for (const name of settingValues.assignedNames) sources.set(name, 'session');
  for (const name of ofTransaction) {
    if (settingValues.get(name) === settingValues.get(`default_${name}`)) sources.set(name, 'override');
  }
  return sources;
}

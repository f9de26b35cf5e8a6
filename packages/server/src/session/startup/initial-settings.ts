import type { ResolvedLimits } from '../../limits.js';
import { initialTimeouts } from '../../settings/timeouts.js';

/** What of a server its sessions' settings begin with. */
export interface StartupHost {
  readonly limits: ResolvedLimits;
  readonly serverVersion: string;
  /** Those that say what the server is, as SHOW tells them, by name. */
  readonly settings: ReadonlyMap<string, string>;
}

/** What a session's settings begin with: the host's timeouts, what the client asked for, and what only the server knows. */
export function initialSettings(
  { limits, serverVersion, settings: serverSettings }: StartupHost,
  user: string,
  asked: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const settings = new Map([...initialTimeouts(limits), ...asked, ...serverSettings]);
  settings.set('server_version', serverVersion);
  settings.set('server_version_num', versionNumber(serverVersion));
  settings.set('session_authorization', user);
  return settings;
}

const versionNumbers = new Map<string, string>();

/** `18.4` is 180004, `9.6.3` is 90603: what libpq makes of `server_version`. */
function versionNumber(version: string): string {
  const known = versionNumbers.get(version);
  if (known !== undefined) return known;
  const [major = 0, minor = 0, patch = 0] = (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').map(Number);
  const number = String(major >= 10 ? major * 10_000 + minor : major * 10_000 + minor * 100 + patch);
  versionNumbers.set(version, number);
  return number;
}

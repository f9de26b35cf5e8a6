import { saysRole } from '@riffq/catalog';
import { isPgError, type NoticeFields, type PgError } from '@riffq/wire';
import { asFatal } from '../../errors/to-pg-error.js';
import type { ResolvedLimits } from '../../limits.js';
import { settingDefinition } from '../../settings/setting-definition.js';
import { limitedSettingValue } from '../../settings/timeouts.js';
import { truncateIdentifier } from '../../sql/truncate-identifier.js';
import { isWanted } from '../notice-level.js';
import { commandLineOptions } from './command-line-options.js';

/** Parameters of a StartupMessage that are no settings. */
const notSettings = new Set(['user', 'database', 'replication', 'options']);

/** What a client wants to start with. */
export interface StartupSettings {
  /** By lower-case name, as far as they are good. */
  readonly settings: ReadonlyMap<string, string>;
  /** FATAL 42704 for an unknown name, 22023, 55P02 or 0A000 for a bad value, 42601 for bad `options`. */
  readonly refusal: PgError | undefined;
  /** What the client is told of values that were taken otherwise than it gave them. */
  readonly notices: readonly NoticeFields[];
  /** Who it wants to be, by the settings that say so: whether it can be depends on who there is. */
  readonly roles: readonly (readonly [setting: string, role: string])[];
}

/**
 * Reads the settings that a client starts with: those in `options` (a command line), then its start-up
 * parameters. Protocol options (`_pq_.`) are none.
 */
export function readStartupParameters(
  parameters: ReadonlyMap<string, string>,
  limits: ResolvedLimits,
): StartupSettings {
  const settings = new Map<string, string>();
  const notices: NoticeFields[] = [];
  const roles: [setting: string, role: string][] = [];
  const tell = (notice: NoticeFields): void => {
    if (isWanted(notice.severity, settings.get('client_min_messages'))) notices.push(notice);
  };
  try {
    const given = [...commandLineOptions(parameters.get('options') ?? ''), ...parameters];
    for (const [name, value] of given) {
      if (notSettings.has(name) || name.startsWith('_pq_.')) continue;
      if (saysRole(name)) roles.push([name, value]);
      const kept = settingDefinition(name)?.isName === true ? truncateIdentifier(value, tell) : value;
      settings.set(name.toLowerCase(), limitedSettingValue(limits, name, kept, undefined, 'start'));
    }
  } catch (error) {
    if (isPgError(error)) return { settings, refusal: asFatal(error), notices, roles };
    throw error;
  }
  return { settings, refusal: undefined, notices, roles };
}

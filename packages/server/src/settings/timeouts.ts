import type { ResolvedLimits } from '../limits.js';
import { numberSetting } from './number-setting.js';
import type { SettingTime } from './require-changeable.js';
import { settingDefinition } from './setting-definition.js';
import { showNumber, toBaseUnit } from './setting-unit.js';
import { settingValue } from './setting-value.js';

/** How long what may last, in milliseconds; 0 is for ever. */
export interface Timeouts {
  readonly statement: number;
  readonly idle: number;
  readonly idleInTransaction: number;
  readonly transaction: number;
}

/** Which limit of the host is the greatest value of a client's setting, and the one that it begins with. */
const limitNames = {
  statement_timeout: 'statementTimeout',
  idle_session_timeout: 'idleTimeout',
  idle_in_transaction_session_timeout: 'idleInTransactionTimeout',
  transaction_timeout: 'transactionTimeout',
} as const;

type TimeoutName = keyof typeof limitNames;

const timeoutNames = Object.keys(limitNames).filter(isTimeout);

function isTimeout(name: string): name is TimeoutName {
  return Object.hasOwn(limitNames, name);
}

/** What timeouts are where a session, by its settings, has chosen others than the host, or none. */
export function timeoutsOf(settings: ReadonlyMap<string, string>, limits: ResolvedLimits): Timeouts {
  const shorter = (name: TimeoutName): number => {
    const setting = settings.get(name);
    const chosen = setting === undefined ? 0 : milliseconds(setting);
    const limit = limits[limitNames[name]];
    return chosen === 0 || (limit > 0 && limit < chosen) ? limit : chosen;
  };
  return {
    statement: shorter('statement_timeout'),
    idle: shorter('idle_session_timeout'),
    idleInTransaction: shorter('idle_in_transaction_session_timeout'),
    transaction: shorter('transaction_timeout'),
  };
}

/** What the timeouts of a session begin with, as SHOW tells them, where the host limits them. */
export function initialTimeouts(limits: ResolvedLimits): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const name of timeoutNames) {
    const limit = limits[limitNames[name]];
    if (limit > 0) settings.set(name, showMilliseconds(limit));
  }
  return settings;
}

/**
 * `settingValue`, within what the host allows: 0, which stands for as long as one likes, is as long as the host allows.
 *
 * @throws PgError as `settingValue` does, and 22023 for a longer timeout than the host's.
 */
export function limitedSettingValue(
  limits: ResolvedLimits,
  ...[name, value, current, time]: [name: string, value: string, current: string | undefined, time?: SettingTime]
): string {
  const kept = settingValue(name, value, current, time);
  const key = name.toLowerCase();
  const limit = isTimeout(key) ? limits[limitNames[key]] : 0;
  const definition = settingDefinition(name);
  if (limit === 0 || definition === undefined) return kept;
  const within = numberSetting({ ...definition, greatest: Math.ceil(limit) }, value);
  return within === '0' ? showMilliseconds(limit) : within;
}

function showMilliseconds(value: number): string {
  return showNumber(Math.ceil(value), { type: 'integer', unit: 'ms' });
}

/** Of a duration as SHOW tells it: `500ms`, `2min`. */
function milliseconds(setting: string): number {
  const [, number = '0', unit = ''] = /^(\d+)(\D*)$/.exec(setting) ?? [];
  return toBaseUnit(Number(number), unit === '' ? 'ms' : unit, 'ms') ?? 0;
}

import { isPgError, PgError, sqlstate } from '@riffq/wire';
import { asFatal } from '../errors/to-pg-error.js';

import type { ResolvedLimits } from '../limits.js';
import { limitedSettingValue } from '../settings/timeouts.js';

/** Parameters of a StartupMessage that are no settings. */
const notSettings = new Set(['user', 'database', 'replication', 'options']);

/** What a client wants to start with. */
export interface StartupSettings {
  /** By lower-case name, as far as they are good. */
  readonly settings: ReadonlyMap<string, string>;
  /** FATAL 42704 for an unknown name, 22023, 55P02 or 0A000 for a bad value, 42601 for bad `options`. */
  readonly refusal: PgError | undefined;
}

/**
 * Reads the settings that a client starts with: those in `options` (`-c name=value`, `--name=value`), then its start-up
 * parameters. Protocol options (`_pq_.`) are none.
 */
export function readStartupParameters(
  parameters: ReadonlyMap<string, string>,
  limits: ResolvedLimits,
): StartupSettings {
  const settings = new Map<string, string>();
  try {
    const given = [...optionSettings(parameters.get('options') ?? ''), ...parameters];
    for (const [name, value] of given) {
      if (notSettings.has(name) || name.startsWith('_pq_.')) continue;
      settings.set(name.toLowerCase(), limitedSettingValue(limits, name, value, undefined, 'start'));
    }
  } catch (error) {
    if (isPgError(error)) return { settings, refusal: asFatal(error) };
    throw error;
  }
  return { settings, refusal: undefined };
}

/** Splits `options` at unescaped blanks, as the postmaster does; a backslash keeps the character behind it. */
function optionSettings(options: string): readonly (readonly [name: string, value: string])[] {
  const words = (options.match(/(?:\\.|\S)+/gs) ?? []).map((word) => word.replace(/\\(.)/gs, '$1'));
  const settings: (readonly [string, string])[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    let setting: string;
    if (word === '-c') {
      at += 1;
      setting = words[at] ?? '';
    } else if (word.startsWith('-c')) setting = word.slice(2);
    else if (word.startsWith('--')) setting = word.slice(2);
    else throw invalidOptions(word);
    if (setting === '') throw invalidOptions(word);
    const equals = setting.indexOf('=');
    if (equals <= 0) throw missingValue(word.startsWith('--') ? word : `-c ${setting}`);
    settings.push([setting.slice(0, equals).replaceAll('-', '_'), setting.slice(equals + 1)]);
  }
  return settings;
}

function missingValue(option: string): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.syntax_error,
    message: `${option} requires a value`,
    hint: 'Use "-c name=value" in options.',
  });
}

function invalidOptions(word: string): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.syntax_error,
    message: `invalid command-line argument for server process: ${word}`,
    hint: 'Use "-c name=value" in options.',
  });
}

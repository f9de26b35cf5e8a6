import { PgError, sqlstate } from '@riffq/wire';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { requireChangeable } from '../settings/require-changeable.js';
import { settingDefinition } from '../settings/setting-definition.js';
import { WordReader } from '../sql/word-reader.js';
import { takeSettingName } from './take-setting-name.js';

/** RESET name and RESET ALL; undefined for a setting that the session does not know. */
export function reset(session: ClientSession, sql: string): Outcome | undefined {
  const words = WordReader.behindKeyword(sql);
  if (words.take('ALL') && words.done) {
    resetAll(session);
    return { kind: 'tag', tag: 'RESET' };
  }
  const name = takeSettingName(words);
  if (name === undefined) return undefined;
  const { settingValues } = session;
  const definition = settingDefinition(name);
  if (definition === undefined && settingValues.get(name) === undefined) return undefined;
  if (definition?.noReset === true) {
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: `parameter "${definition.name}" cannot be reset`,
    });
  }
  if (definition !== undefined) requireChangeable(definition, 'session');
  settingValues.set(name, settingValues.initialValue(name) ?? '');
  return { kind: 'tag', tag: 'RESET' };
}

/** Takes every setting back to what the session began with, but what is the transaction's, and the role. */
export function resetAll(session: ClientSession): void {
  const { settingValues } = session;
  for (const name of settingValues.ownNames) {
    if (settingDefinition(name)?.noReset === true || name === 'role') continue;
    settingValues.set(name, settingValues.initialValue(name) ?? '');
  }
}

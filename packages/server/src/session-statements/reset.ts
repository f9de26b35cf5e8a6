import { type Awaitable, andThen } from '../awaitable.js';
import type { Outcome } from '../results/normalise.js';
import { resetSetting } from '../session/change-setting.js';
import type { ClientSession } from '../session/client-session.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import { ownerOfSetting } from '../session/setting-owner.js';
import { unrecognizedSetting } from '../settings/invalid-setting.js';
import { requireChangeable } from '../settings/require-changeable.js';
import { settingDefinition } from '../settings/setting-definition.js';
import { WordReader } from '../sql/word-reader.js';
import { takeSettingName } from './take-setting-name.js';

const done: Outcome = { kind: 'tag', tag: 'RESET' };

/** RESET name and RESET ALL; undefined for a setting of the handler's and what cannot be parsed. */
export function reset(
  session: ClientSession,
  { statement, interrupt }: Pick<StatementRequest, 'statement' | 'interrupt'>,
): Awaitable<Outcome | undefined> {
  const words = WordReader.behindKeyword(statement.sql);
  if (words.take('ALL')) {
    if (!words.done) return undefined;
    resetAll(session);
    return done;
  }
  const name = takeSettingName(words);
  if (name === undefined) return undefined;
  return andThen(ownerOfSetting(session, name, interrupt), (owner) => {
    if (owner.kind === 'handler') return undefined;
    if (owner.kind === 'source') requireChangeable({ name: owner.name, context: 'internal' }, 'session');
    // As SET makes a setting up whose name has a dot, RESET does.
    if (owner.kind === 'nobody' && !name.includes('.')) throw unrecognizedSetting(name);
    resetSetting(session, name, 'session');
    return done;
  });
}

/** Who the client is. */
const identity = new Set(['role', 'session_authorization', 'is_superuser']);

/** Takes every setting back to what the session began with, but what is the transaction's, and who the client is. */
export function resetAll(session: ClientSession): void {
  const { settingValues } = session;
  for (const name of settingValues.assignedNames) {
    if (settingDefinition(name)?.noReset === true || identity.has(name)) continue;
    settingValues.reset(name);
  }
}

import { requireOwnRole } from '@riffq/catalog';
import { PgError, sqlstate } from '@riffq/wire';
import { type Awaitable, andThen } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import type { Outcome } from '../results/normalise.js';
import { changeSetting, resetSetting } from '../session/change-setting.js';
import type { ClientSession } from '../session/client-session.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import { ownerOfSetting } from '../session/setting-owner.js';
import { unrecognizedSetting } from '../settings/invalid-setting.js';
import { requireChangeable } from '../settings/require-changeable.js';
import { settingDefinition } from '../settings/setting-definition.js';
import type { SettingScope } from '../settings/settings.js';
import { parseTransactionModes } from '../sql/transaction-command.js';
import { WordReader } from '../sql/word-reader.js';
import type { Word } from '../sql/words.js';
import { type Assignment, parseAssignment } from './assignment.js';
import { changeTransactionModes, setDefaultTransactionModes } from './transaction-modes.js';

const done: Outcome = { kind: 'tag', tag: 'SET' };

/** What begins with SESSION by itself. */
const ofSession = new Set(['AUTHORIZATION', 'CHARACTERISTICS']);

/** SET in its many forms; undefined for a setting of the handler's and what cannot be parsed. */
export function set(
  session: ClientSession,
  { statement, interrupt }: Pick<StatementRequest, 'statement' | 'interrupt'>,
): Awaitable<Outcome | undefined> {
  const words = WordReader.behindKeyword(statement.sql);
  if (words.take('CONSTRAINTS')) {
    warnOutsideBlock(session, 'SET CONSTRAINTS');
    return { kind: 'tag', tag: 'SET CONSTRAINTS' };
  }
  const scope = takeScope(words);
  if (words.take('TRANSACTION')) return setTransaction(session, words, interrupt);
  if (words.take('SESSION', 'CHARACTERISTICS', 'AS', 'TRANSACTION')) return setDefaults(session, words, scope);
  if (words.take('SESSION', 'AUTHORIZATION')) return setSessionAuthorization(session, words.rest, scope);
  const assignment = parseAssignment(words.rest);
  return assignment && change(session, assignment, scope, interrupt);
}

/** SESSION may say how long it is for, and then be said once more. */
function takeScope(words: WordReader): SettingScope {
  if (words.take('LOCAL')) return 'transaction';
  if (!ofSession.has(words.rest[1]?.keyword ?? '')) words.take('SESSION');
  return 'session';
}

function change(
  session: ClientSession,
  assignment: Assignment,
  scope: SettingScope,
  interrupt: Interrupt,
): Awaitable<Outcome | undefined> {
  const { name } = assignment;
  return andThen(ownerOfSetting(session, name, interrupt), (owner) => {
    if (owner.kind === 'handler') return undefined;
    if (owner.kind === 'source') requireChangeable({ name: owner.name, context: 'internal' }, 'session');
    // Anybody can make a setting up whose name has a dot.
    if (owner.kind === 'nobody' && !name.includes('.')) throw unrecognizedSetting(name);
    return andThen(changeOwn(session, assignment, scope, interrupt), () => done);
  });
}

function changeOwn(
  session: ClientSession,
  { name, values }: Assignment,
  scope: SettingScope,
  interrupt: Interrupt,
): Awaitable<void> {
  const definition = settingDefinition(name);
  if (scope === 'transaction') warnOutsideBlock(session, 'SET LOCAL');
  if (values !== 'default' && values.length > 1 && definition?.list === undefined) {
    throw new PgError({
      sqlstate: sqlstate.invalid_parameter_value,
      message: `SET ${name} takes only one argument`,
    });
  }
  return values === 'default'
    ? resetSetting(session, name, scope)
    : changeSetting(session, name, values.join(', '), scope, interrupt);
}

/** SET TRANSACTION: the modes are set for as long as the transaction lasts. */
function setTransaction(
  session: ClientSession,
  words: WordReader,
  interrupt: Interrupt,
): Awaitable<Outcome | undefined> {
  const modes = parseTransactionModes(words);
  if (modes === undefined) return undefined;
  warnOutsideBlock(session, 'SET TRANSACTION');
  return changeTransactionModes(session, modes, interrupt).then(() => done);
}

function setDefaults(session: ClientSession, words: WordReader, scope: SettingScope): Outcome | undefined {
  const modes = parseTransactionModes(words);
  if (modes === undefined) return undefined;
  setDefaultTransactionModes(session, modes, scope);
  return done;
}

/** The user that was let in is the only one that the session can be. */
function setSessionAuthorization(
  session: ClientSession,
  words: readonly Word[],
  scope: SettingScope,
): Outcome | undefined {
  const { values } = parseAssignment(words, 'session_authorization') ?? {};
  if (values === undefined || (values !== 'default' && values.length > 1)) return undefined;
  if (scope === 'transaction') warnOutsideBlock(session, 'SET LOCAL');
  if (values !== 'default') requireOwnRole(session, 'session_authorization', values.join(', '));
  return done;
}

function warnOutsideBlock(session: ClientSession, statement: string): void {
  if (session.transaction.kind !== 'idle') return;
  session.warn({
    sqlstate: sqlstate.no_active_sql_transaction,
    message: `${statement} can only be used in transaction blocks`,
  });
}

import { PgError, sqlstate } from '@riffq/wire';
import type { Outcome } from '../results/normalise.js';
import { changeSetting } from '../session/change-setting.js';
import type { ClientSession } from '../session/client-session.js';
import { requireOwnRole } from '../session/require-own-role.js';
import { settingDefinition } from '../settings/setting-definition.js';
import { parseTransactionModes } from '../sql/transaction-command.js';
import { WordReader } from '../sql/word-reader.js';
import type { Word } from '../sql/words.js';
import { parseAssignment } from './assignment.js';
import { setDefaultTransactionModes, setTransactionModes } from './transaction-modes.js';

const done: Outcome = { kind: 'tag', tag: 'SET' };

/** SET in its many forms; undefined for a setting that the session does not know and what it cannot parse. */
export function set(session: ClientSession, sql: string): Outcome | undefined {
  const words = WordReader.behindKeyword(sql);
  if (words.take('TRANSACTION') || words.take('LOCAL', 'TRANSACTION')) return setTransaction(session, words);
  if (words.take('SESSION', 'CHARACTERISTICS', 'AS', 'TRANSACTION')) return setDefaults(session, words);
  if (words.take('SESSION', 'AUTHORIZATION')) return setSessionAuthorization(session, words.rest);
  if (words.take('CONSTRAINTS')) {
    warnOutsideBlock(session, 'SET CONSTRAINTS');
    return { kind: 'tag', tag: 'SET CONSTRAINTS' };
  }
  if (words.take('LOCAL')) return change(session, words.rest, 'transaction');
  words.take('SESSION');
  return change(session, words.rest, 'session');
}

function change(session: ClientSession, words: readonly Word[], scope: 'session' | 'transaction'): Outcome | undefined {
  const assignment = parseAssignment(words);
  if (assignment === undefined) return undefined;
  const { name, values } = assignment;
  const definition = settingDefinition(name);
  if (definition === undefined && !name.includes('.')) return undefined;
  if (scope === 'transaction') warnOutsideBlock(session, 'SET LOCAL');
  if (values !== 'default' && values.length > 1 && definition?.list === undefined) {
    throw new PgError({
      sqlstate: sqlstate.invalid_parameter_value,
      message: `SET ${definition?.name ?? name} takes only one argument`,
    });
  }
  const initial = session.settingValues.initialValue(name) ?? '';
  const given = values === 'default' ? initial : values.join(', ');
  changeSetting(session, name, given, definition?.ofTransaction === true ? 'transaction' : scope);
  return done;
}

/** SET TRANSACTION: SHOW tells the modes for as long as the transaction lasts. */
function setTransaction(session: ClientSession, words: WordReader): Outcome | undefined {
  const modes = parseTransactionModes(words);
  if (modes === undefined) return undefined;
  warnOutsideBlock(session, 'SET TRANSACTION');
  setTransactionModes(session, modes);
  return done;
}

function setDefaults(session: ClientSession, words: WordReader): Outcome | undefined {
  const modes = parseTransactionModes(words);
  if (modes === undefined) return undefined;
  setDefaultTransactionModes(session, modes);
  return done;
}

/** The user that was let in is the only one that the session can be. */
function setSessionAuthorization(session: ClientSession, words: readonly Word[]): Outcome | undefined {
  const { values } = parseAssignment(words, 'session_authorization') ?? {};
  if (values === undefined) return undefined;
  if (values === 'default') return done;
  requireOwnRole(session, values.join(', '), 'set session authorization');
  return done;
}

function warnOutsideBlock(session: ClientSession, statement: string): void {
  if (session.transaction.kind !== 'idle') return;
  session.warn({
    sqlstate: sqlstate.no_active_sql_transaction,
    message: `${statement} can only be used in transaction blocks`,
  });
}

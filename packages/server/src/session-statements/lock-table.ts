import { requiresBlock } from '../errors/statement-errors.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { WordReader } from '../sql/word-reader.js';

const modes = [
  ...['ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'SHARE'],
  ...['EXCLUSIVE', 'ACCESS EXCLUSIVE'],
].map((mode) => mode.split(' '));

/** LOCK TABLE: there are no locks to take, so it is done. Undefined for what PostgreSQL would not understand. */
export function lockTable(session: ClientSession, sql: string): Outcome | undefined {
  const words = WordReader.behindKeyword(sql);
  words.take('TABLE');
  do {
    words.take('ONLY');
    if (words.takeQualifiedName() === undefined) return undefined;
    words.takeSymbol('*');
  } while (words.takeSymbol(','));
  if (words.take('IN') && !(modes.some((mode) => words.take(...mode)) && words.take('MODE'))) return undefined;
  words.take('NOWAIT');
  if (!words.done) return undefined;
  if (session.transaction.kind === 'idle') throw requiresBlock('LOCK TABLE');
  return { kind: 'tag', tag: 'LOCK TABLE' };
}

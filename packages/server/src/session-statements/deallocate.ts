import { noSuchStatement } from '../errors/statement-errors.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { type Tell, WordReader } from '../sql/word-reader.js';
import { type NameOrAll, takeNameOrAll } from './take-name-or-all.js';

/** DEALLOCATE [PREPARE] name or ALL: forgets what PREPARE or Parse made. */
export function deallocate(session: ClientSession, sql: string): Outcome | undefined {
  const name = deallocatedName(sql, session.tell);
  if (name === undefined) return undefined;
  if (name === 'ALL') {
    session.statements.clearNamed();
    return { kind: 'tag', tag: 'DEALLOCATE ALL' };
  }
  if (!session.statements.delete(name.identifier)) throw noSuchStatement(name.identifier);
  return { kind: 'tag', tag: 'DEALLOCATE' };
}

/** What a DEALLOCATE is about; undefined when it is none that PostgreSQL knows. */
export function deallocatedName(sql: string, tell?: Tell): NameOrAll | undefined {
  const words = WordReader.behindKeyword(sql, tell);
  // PREPARE may be the name itself.
  if (words.rest.length === 2) words.take('PREPARE');
  return takeNameOrAll(words);
}

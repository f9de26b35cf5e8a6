import { noSuchStatement } from '../errors.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { identifier } from '../sql/identifier.js';
import { wordsOf } from '../sql/words.js';

/** DEALLOCATE [PREPARE] name or ALL: forgets what PREPARE or Parse made. */
export function deallocate(session: ClientSession, sql: string): Outcome | undefined {
  const name = deallocatedName(sql);
  if (name === undefined) return undefined;
  if (name === 'ALL') {
    session.statements.clear();
    return { kind: 'tag', tag: 'DEALLOCATE ALL' };
  }
  if (!session.statements.delete(name.identifier)) throw noSuchStatement(name.identifier);
  return { kind: 'tag', tag: 'DEALLOCATE' };
}

/** What a DEALLOCATE is about; undefined when it is none that PostgreSQL knows. */
export function deallocatedName(sql: string): 'ALL' | { readonly identifier: string } | undefined {
  let words = wordsOf(sql).slice(1);
  if (words.length === 2 && words[0]?.keyword === 'PREPARE') words = words.slice(1);
  const [word] = words;
  if (word === undefined || words.length !== 1) return undefined;
  return word.keyword === 'ALL' ? 'ALL' : { identifier: identifier(word.text) };
}

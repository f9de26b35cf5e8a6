import { PgError, sqlstate } from '@riffq/wire';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { closeAllPortals } from '../session/extended-query/portals.js';
import { wordsOf } from '../sql/words.js';
import { resetAll } from './reset.js';

const tags = new Map([
  ['ALL', 'DISCARD ALL'],
  ['PLANS', 'DISCARD PLANS'],
  ['SEQUENCES', 'DISCARD SEQUENCES'],
  ['TEMP', 'DISCARD TEMP'],
  ['TEMPORARY', 'DISCARD TEMP'],
]);

/** DISCARD: ALL forgets settings, statements and portals, which is what pools send between users. */
export async function discard(session: ClientSession, sql: string): Promise<Outcome | undefined> {
  const tag = discardTag(sql);
  if (tag === undefined) return undefined;
  if (tag === 'DISCARD ALL') {
    if (session.transaction.kind !== 'idle') {
      throw new PgError({
        sqlstate: sqlstate.active_sql_transaction,
        message: 'DISCARD ALL cannot run inside a transaction block',
      });
    }
    await forgetAll(session);
    session.channels.add({ kind: 'unlistenAll' });
    resetAll(session);
  }
  return { kind: 'tag', tag };
}

/** The tag of a DISCARD, which tells what it is about; undefined when it is none that PostgreSQL knows. */
export function discardTag(sql: string): string | undefined {
  const [, what, ...more] = wordsOf(sql);
  return more.length === 0 ? tags.get(what?.keyword ?? '') : undefined;
}

/** Forgets what Parse and Bind made. */
export async function forgetAll(session: ClientSession): Promise<void> {
  await closeAllPortals(session);
  session.statements.clearNamed();
}

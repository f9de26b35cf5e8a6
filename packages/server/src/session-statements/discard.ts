import { PgError, sqlstate } from '@riffq/wire';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { closeAllPortals } from '../session/portals.js';
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
  const words = wordsOf(sql).slice(1);
  const what = words[0]?.keyword ?? '';
  const tag = tags.get(what);
  if (tag === undefined || words.length !== 1) return undefined;
  if (what === 'ALL') {
    if (session.transaction.kind !== 'idle') {
      throw new PgError({
        sqlstate: sqlstate.active_sql_transaction,
        message: 'DISCARD ALL cannot run inside a transaction block',
      });
    }
    await closeAllPortals(session);
    session.statements.clear();
    session.channels.add({ kind: 'unlistenAll' });
    resetAll(session);
  }
  return { kind: 'tag', tag };
}

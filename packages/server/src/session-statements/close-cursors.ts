import { noSuchCursor } from '../errors.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { identifier } from '../sql/identifier.js';
import { wordsOf } from '../sql/words.js';

/** CLOSE name and CLOSE ALL, over the portals that Bind made. */
export async function closeCursors(session: ClientSession, sql: string): Promise<Outcome | undefined> {
  const words = wordsOf(sql).slice(1);
  const [word] = words;
  if (word === undefined || words.length !== 1) return undefined;
  if (word.keyword === 'ALL') {
    await session.closeAllPortals();
    return { kind: 'tag', tag: 'CLOSE CURSOR ALL' };
  }
  const name = identifier(word.text);
  if (!session.portals.has(name)) throw noSuchCursor(name);
  await session.closePortal(name);
  return { kind: 'tag', tag: 'CLOSE CURSOR' };
}

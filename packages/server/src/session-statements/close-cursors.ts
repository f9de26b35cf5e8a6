import { activePortal, noSuchCursor } from '../errors/statement-errors.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { closeAllPortals, closePortal } from '../session/extended-query/portals.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import { type Tell, WordReader } from '../sql/word-reader.js';
import { type NameOrAll, takeNameOrAll } from './take-name-or-all.js';

/** CLOSE name and CLOSE ALL, over what DECLARE or Bind made. */
export async function closeCursors(
  session: ClientSession,
  { statement, portal }: Pick<StatementRequest, 'statement' | 'portal'>,
): Promise<Outcome | undefined> {
  const name = closedName(statement.sql, session.tell);
  if (name === undefined) return undefined;
  if (name === 'ALL') {
    await closeAllPortals(session, portal);
    return { kind: 'tag', tag: 'CLOSE CURSOR ALL' };
  }
  if (!session.portals.has(name.identifier)) throw noSuchCursor(name.identifier);
  if (name.identifier === portal) throw activePortal(portal);
  await closePortal(session, name.identifier);
  return { kind: 'tag', tag: 'CLOSE CURSOR' };
}

/** What a CLOSE is about; undefined when it is none that PostgreSQL knows. */
export function closedName(sql: string, tell?: Tell): NameOrAll | undefined {
  return takeNameOrAll(WordReader.behindKeyword(sql, tell));
}

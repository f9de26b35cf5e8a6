import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { closeAllPortals } from '../session/extended-query/portals.js';
import type { Statement } from '../sql/statement.js';
import { closeCursors, closedName } from './close-cursors.js';
import { deallocate, deallocatedName } from './deallocate.js';
import { discardTag, forgetAll } from './discard.js';
import type { NameOrAll } from './take-name-or-all.js';

/**
 * The session's part in DEALLOCATE, CLOSE and DISCARD ALL when they are the handler's: what Parse and Bind made is here,
 * whoever answers. One by name is answered; after ALL, and any other name, the handler is asked.
 */
export async function forgetOwn(session: ClientSession, { keyword, sql }: Statement): Promise<Outcome | undefined> {
  switch (keyword) {
    case 'DEALLOCATE': {
      const name = deallocatedName(sql);
      if (name === 'ALL') session.statements.clearNamed();
      else if (name !== undefined && session.statements.has(name.identifier)) return deallocate(session, sql);
      return undefined;
    }
    case 'CLOSE': {
      const name = closedName(sql);
      if (name === 'ALL') await closeAllPortals(session);
      forgetHandlersCursor(session, name);
      if (name !== undefined && name !== 'ALL' && session.portals.has(name.identifier))
        return closeCursors(session, sql);
      return undefined;
    }
    case 'DISCARD':
      if (session.transaction.kind === 'idle' && discardTag(sql) === 'DISCARD ALL') {
        await forgetAll(session);
        session.handlersCursors.closeAll();
      }
  }
  return undefined;
}

function forgetHandlersCursor({ handlersCursors }: ClientSession, name: NameOrAll | undefined): void {
  if (name === 'ALL') handlersCursors.closeAll();
  else if (name !== undefined) handlersCursors.close(name.identifier);
}

import type { CatalogSession } from '../catalog-session.js';
import { holderOf } from './holder.js';
import type { Asker } from './used-time.js';

/** Whose a statement of the session is. */
export function askerOf(session: Pick<CatalogSession, 'user' | 'isAuthenticated' | 'facts'>): Asker {
  return {
    holder: holderOf({ user: session.user, strangersAddress: strangersAddressOf(session) }),
    session: sessionName(session),
  };
}

/** The address of who has not shown that they are the user. */
export function strangersAddressOf({
  isAuthenticated,
  facts,
}: Pick<CatalogSession, 'isAuthenticated' | 'facts'>): string | undefined {
  return isAuthenticated === false ? (facts?.clientAddress ?? '') : undefined;
}

/** What tells a session from others of its user. */
export function sessionName({ facts }: Pick<CatalogSession, 'facts'>): string {
  return String(facts?.processId ?? '');
}

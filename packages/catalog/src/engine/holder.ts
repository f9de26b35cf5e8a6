import type { StatementSession } from './prologue.js';

/**
 * Who answers for a statement: the user, or the address of who has not shown that they are the user. Anybody may give the name
 * of a user who is not asked to prove it.
 */
export function holderOf({ user, strangersAddress }: Pick<StatementSession, 'user' | 'strangersAddress'>): string {
  return strangersAddress === undefined ? `user ${user}` : `address ${strangersAddress}`;
}

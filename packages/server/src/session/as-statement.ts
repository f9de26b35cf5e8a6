import type { Awaitable } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import type { Statement } from '../sql/statement.js';
import { asTimed } from './as-running.js';
import type { ClientSession } from './client-session.js';
import { withPosition } from './error-position.js';

/** Runs `work` as `asTimed` does; its errors count the characters of the client's whole text. */
export function asStatement<T>(
  session: ClientSession,
  statement: Statement,
  interrupt: Interrupt,
  work: () => Awaitable<T>,
): Awaitable<T> {
  return withPosition(statement, () => asTimed(session, interrupt, work));
}

import type { Awaitable } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import type { ClientSession } from './client-session.js';

/** Runs a statement within the session's `statement_timeout`; after it the statement ends with 57014. */
export function withStatementTimeout<T>(
  { timers }: ClientSession,
  interrupt: Interrupt,
  work: () => Awaitable<T>,
): Awaitable<T> {
  timers.beginStatement(interrupt);
  let result: Awaitable<T>;
  try {
    result = work();
  } catch (error) {
    timers.endStatement();
    throw error;
  }
  if (result instanceof Promise) return result.finally(() => timers.endStatement());
  timers.endStatement();
  return result;
}

import type { Awaitable } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import type { Statement } from '../sql/statement.js';
import type { ClientSession } from './client-session.js';
import { atPosition } from './error-position.js';

/**
 * Runs `work` as the statement that a cancel means, within the session's `statement_timeout`, after which it ends with 57014.
 * What it throws is the interrupt's reason where there is one, and counts the characters of the client's whole text.
 */
export function asStatement<T>(
  session: ClientSession,
  statement: Statement,
  interrupt: Interrupt,
  work: () => Awaitable<T>,
): Awaitable<T> {
  session.beginRunning(interrupt);
  session.timers.beginStatement(interrupt);
  let result: Awaitable<T>;
  try {
    result = work();
  } catch (error) {
    end(session);
    throw atPosition(interrupt.reason ?? error, statement);
  }
  if (result instanceof Promise) return settled(session, statement, interrupt, result);
  end(session);
  return result;
}

async function settled<T>(
  session: ClientSession,
  statement: Statement,
  interrupt: Interrupt,
  result: Promise<T>,
): Promise<T> {
  try {
    return await session.flushingMeanwhile(result);
  } catch (error) {
    throw atPosition(interrupt.reason ?? error, statement);
  } finally {
    session.activity.tick();
    end(session);
  }
}

function end(session: ClientSession): void {
  session.timers.endStatement();
  session.endRunning();
}

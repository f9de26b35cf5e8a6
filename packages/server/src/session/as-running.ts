import type { Awaitable } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import type { ClientSession } from './client-session.js';

/** Runs `work` as what a cancel means. What it throws is the interrupt's reason where there is one. */
export function asRunning<T>(session: ClientSession, interrupt: Interrupt, work: () => Awaitable<T>): Awaitable<T> {
  return run(session, interrupt, work, false);
}

/**
 * The same within the session's `statement_timeout`, after which it ends with 57014, unless it is a part of a statement that
 * has its time already.
 */
export function asTimed<T>(session: ClientSession, interrupt: Interrupt, work: () => Awaitable<T>): Awaitable<T> {
  return run(session, interrupt, work, !session.timers.isTiming);
}

function run<T>(session: ClientSession, interrupt: Interrupt, work: () => Awaitable<T>, timed: boolean): Awaitable<T> {
  session.beginRunning(interrupt);
  if (timed) session.timers.beginStatement(interrupt);
  let result: Awaitable<T>;
  try {
    result = work();
  } catch (error) {
    end(session, timed);
    throw interrupt.reason ?? error;
  }
  if (result instanceof Promise) return settled(session, interrupt, result, timed);
  end(session, timed);
  return result;
}

async function settled<T>(
  session: ClientSession,
  interrupt: Interrupt,
  result: Promise<T>,
  timed: boolean,
): Promise<T> {
  try {
    return await session.flushingMeanwhile(result);
  } catch (error) {
    // What a handler throws once it has been told to stop is not what the client gets.
    throw interrupt.reason ?? error;
  } finally {
    session.activity.tick();
    end(session, timed);
  }
}

function end(session: ClientSession, timed: boolean): void {
  if (timed) session.timers.endStatement();
  session.endRunning();
}

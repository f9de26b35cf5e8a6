import type { Awaitable } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import type { ClientSession } from './client-session.js';

/** Runs `work` as what a cancel means. */
export function asRunning<T>(session: ClientSession, interrupt: Interrupt, work: () => Awaitable<T>): Awaitable<T> {
  session.beginRunning(interrupt);
  let result: Awaitable<T>;
  try {
    result = work();
  } catch (error) {
    session.endRunning();
    throw interrupt.reason ?? error;
  }
  if (result instanceof Promise) return settled(session, interrupt, result);
  session.endRunning();
  return result;
}

async function settled<T>(session: ClientSession, interrupt: Interrupt, result: Promise<T>): Promise<T> {
  try {
    return await session.flushingMeanwhile(result);
  } catch (error) {
    // What a handler throws once it has been told to stop is not what the client gets.
    throw interrupt.reason ?? error;
  } finally {
    session.activity.tick();
    session.endRunning();
  }
}

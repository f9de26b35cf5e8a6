import { abortable } from '../abortable.js';
import { noAnswer } from '../errors.js';
import type { QueryContext } from '../query-context.js';
import type { QueryCallback } from '../query-result.js';
import { tag } from '../query-result.js';
import { closeResult } from '../results/close-result.js';
import type { ClientSession } from './client-session.js';

/** Tells when a handler has dropped its callback without calling it: nobody can answer any more. */
const forgottenCallbacks = new FinalizationRegistry<() => void>((onForgotten) => onForgotten());

/**
 * Asks the user's `handleQuery`. It answers by its return value or by the callback, and the first answer counts; a later
 * result is closed, a later error logged. Rejects with the signal's reason as soon as that aborts.
 */
export async function callHandler(session: ClientSession, sql: string, context: QueryContext): Promise<unknown> {
  const answer = ask(session, sql, context);
  try {
    return await abortable(answer, context.signal);
  } catch (error) {
    // What it throws once it has been told to stop is nobody's concern.
    if (context.signal.aborted) answer.then((late) => discard(session, late)).catch(() => {});
    throw error;
  }
}

/** Not async, so that no suspended frame keeps the callback from being collected. */
function ask(session: ClientSession, sql: string, context: QueryContext): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    let answered = false;
    const succeed = (result: unknown): void => {
      if (answered) discard(session, result);
      else resolve(result);
      answered = true;
    };
    const fail = (error: unknown): void => {
      if (answered) logLate(session, error);
      else reject(error);
      answered = true;
    };
    const callback = answeringCallback(succeed, fail);
    let returned: ReturnType<ClientSession['host']['query']>;
    try {
      returned = session.host.query(sql, callback, { ...context, connectionId: session.connectionId });
    } catch (error) {
      fail(error);
      return;
    }
    if (returned === undefined) {
      forgottenCallbacks.register(callback, () => {
        if (!answered) fail(noAnswer());
      });
      return;
    }
    if (!isPromise(returned)) {
      succeed(returned);
      return;
    }
    returned.then((result) => {
      if (result !== undefined) succeed(result);
      else if (!answered) fail(noAnswer());
    }, fail);
  });
}

function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function answeringCallback(succeed: (result: unknown) => void, fail: (error: unknown) => void): QueryCallback {
  return (value: unknown, options?: { isTag?: true; isError?: true }): void => {
    if (options?.isError === true) fail(callbackError(value));
    else if (options?.isTag === true) succeed(tag(String(value)));
    else succeed(value);
  };
}

/** The callback's error forms: the Python original's tuple, fields, or an Error. */
function callbackError(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [severity, code, message] = value.map(String);
  return { severity, code, message };
}

function discard(session: ClientSession, result: unknown): void {
  closeResult(result).catch((error: unknown) => logLate(session, error));
}

function logLate(session: ClientSession, error: unknown): void {
  session.host.logger.warn(
    { err: error, connectionId: session.connectionId },
    'a handler failed after the statement had its answer',
  );
}

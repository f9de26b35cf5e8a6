import { type Awaitable, isPromise } from '../awaitable.js';
import { noAnswer } from '../errors.js';
import type { Interrupt } from '../interrupt.js';
import type { QueryContext } from '../query-context.js';
import { type QueryCallback, tag } from '../query-result.js';
import { closeResult } from '../results/close-result.js';
import type { ClientSession } from './client-session.js';

/** Tells when a handler has dropped its callback without calling it: nobody can answer any more. */
const forgottenCallbacks = new FinalizationRegistry<() => void>((onForgotten) => onForgotten());

/**
 * Asks the user's `handleQuery`. It answers by its return value or by the callback, and the first answer counts; a later
 * result is closed, a later error logged. Rejects with the interrupt's reason as soon as there is one.
 */
export function callHandler(
  session: ClientSession,
  sql: string,
  context: QueryContext & { readonly connectionId: number },
  interrupt: Interrupt,
): Awaitable<unknown> {
  const answering = new Answering(session);
  ask(answering, sql, context);
  if (answering.answer !== undefined) return given(answering.answer);
  const answer = new Promise<unknown>((resolve, reject) => {
    answering.settle = { resolve, reject };
  });
  return interrupt.race(answer).catch((error: unknown) => {
    // What it throws once it has been told to stop is nobody's concern.
    if (interrupt.reason !== undefined) answer.then((late) => discard(session, late)).catch(() => {});
    throw error;
  });
}

/** A function of its own, so that nothing here keeps the callback from being collected. */
function ask(answering: Answering, sql: string, context: QueryContext & { readonly connectionId: number }): void {
  const { session } = answering;
  const callback = answeringCallback(answering);
  let returned: ReturnType<ClientSession['host']['query']>;
  try {
    returned = session.host.query(sql, callback, context);
  } catch (error) {
    answering.fail(error);
    return;
  }
  if (returned === undefined) {
    forgottenCallbacks.register(callback, () => answering.failUnanswered());
  } else if (isPromise(returned)) {
    returned.then(
      (result) => {
        if (result === undefined) answering.failUnanswered();
        else answering.succeed(result);
      },
      (error: unknown) => answering.fail(error),
    );
  } else answering.succeed(returned);
}

type HandlerAnswer =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly error: unknown };

function given(answer: HandlerAnswer): unknown {
  if (answer.kind === 'error') throw answer.error;
  return answer.result;
}

/** Takes the first answer of a handler, and tidies up those that come later. */
class Answering {
  answer: HandlerAnswer | undefined;
  /** Who waits, once nothing was answered at once. */
  settle: { resolve(result: unknown): void; reject(error: unknown): void } | undefined;

  constructor(readonly session: ClientSession) {}

  succeed(result: unknown): void {
    if (this.answer !== undefined) {
      discard(this.session, result);
      return;
    }
    this.answer = { kind: 'result', result };
    this.settle?.resolve(result);
  }

  fail(error: unknown): void {
    if (this.answer !== undefined) {
      logLate(this.session, error);
      return;
    }
    this.answer = { kind: 'error', error };
    this.settle?.reject(error);
  }

  failUnanswered(): void {
    if (this.answer === undefined) this.fail(noAnswer());
  }
}

function answeringCallback(answering: Answering): QueryCallback {
  return (value: unknown, options?: { isTag?: true; isError?: true }): void => {
    if (options?.isError === true) answering.fail(callbackError(value));
    else if (options?.isTag === true) answering.succeed(tag(String(value)));
    else answering.succeed(value);
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

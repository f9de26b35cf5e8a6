import { types } from 'node:util';
import type { PgError } from '@riffq/wire';
import { type Awaitable, disown, isPromise } from '../../awaitable.js';
import { noAnswer } from '../../errors/result-errors.js';
import type { Interrupt } from '../../interrupt.js';
import type { QueryContext } from '../../query-context.js';
import { type QueryCallback, tag } from '../../query-result.js';
import { closeResult } from '../../results/close-result.js';
import type { ClientSession } from '../client-session.js';

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
  return answering.outcome(interrupt);
}

/** A function of its own, so that nothing here keeps the callback from being collected. */
function ask(answering: Answering, sql: string, context: QueryContext & { readonly connectionId: number }): void {
  const { session } = answering;
  const callback = answeringCallback(answering);
  let returned: ReturnType<ClientSession['host']['handlers']['query']>;
  try {
    returned = session.host.handlers.query(sql, callback, context);
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

/** `abandoned`: it was told to stop, and what it says now is nobody's concern. */
type AnswerKind = 'none' | 'result' | 'error' | 'abandoned';

/** Takes the first answer of a handler, and tidies up those that come later. */
class Answering {
  #kind: AnswerKind = 'none';
  /** The result or the error. */
  #answer: unknown;
  /** Called with the answer, once somebody waits for it. */
  #onAnswer: (() => void) | undefined;

  constructor(readonly session: ClientSession) {}

  succeed(result: unknown): void {
    if (this.#kind === 'none') this.#settle('result', result);
    else discard(this.session, result);
  }

  fail(error: unknown): void {
    if (this.#kind === 'none') this.#settle('error', error);
    else if (this.#kind !== 'abandoned') logLate(this.session, error);
  }

  failUnanswered(): void {
    if (this.#kind === 'none') this.fail(noAnswer());
  }

  /** What was answered already, or a promise of it. */
  outcome(interrupt: Interrupt): Awaitable<unknown> {
    // The handler itself has ended its session: what it answers all the same is not sent.
    if (interrupt.reason !== undefined) throw this.#abandon(interrupt.reason);
    if (this.#kind === 'error') throw this.#answer;
    return this.#kind === 'result' ? this.#answer : this.#toCome(interrupt);
  }

  #toCome(interrupt: Interrupt): Promise<unknown> {
    return new Promise<unknown>((resolve, reject) => {
      const forget = interrupt.onAbort(() => this.#settle('abandoned', undefined));
      this.#onAnswer = () => {
        forget();
        if (this.#kind === 'result') resolve(this.#answer);
        else reject(this.#kind === 'error' ? this.#answer : interrupt.reason);
      };
    });
  }

  #abandon(reason: PgError): PgError {
    if (this.#kind === 'result') discard(this.session, this.#answer);
    this.#kind = 'abandoned';
    return reason;
  }

  #settle(kind: AnswerKind, answer: unknown): void {
    this.#kind = kind;
    this.#answer = answer;
    this.#onAnswer?.();
  }
}

function answeringCallback(answering: Answering): QueryCallback {
  return (value: unknown, options?: { isTag?: true; isError?: true }): void => {
    if (options?.isError === true) answering.fail(callbackError(value));
    else if (options?.isTag === true) answering.succeed(types.isPromise(value) ? value : tag(String(value)));
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
  disown(error);
  session.host.logger.warn(
    { err: error, connectionId: session.connectionId },
    'a handler failed after the statement had its answer',
  );
}

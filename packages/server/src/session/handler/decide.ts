import { isPgError, PgError, sqlstate } from '@riffq/wire';
import { disown } from '../../awaitable.js';
import { asFatal } from '../../errors/to-pg-error.js';
import type { BooleanCallback, MaybePromise } from '../../query-result.js';
import type { ClientSession } from '../client-session.js';

/** Asks a handler whether the client may come in. Only `true` lets it in; a throw, or a promise of nothing, refuses. */
export async function decide(
  session: ClientSession,
  refusal: () => PgError,
  ask: (callback: BooleanCallback) => MaybePromise<boolean | undefined | void>,
): Promise<void> {
  const decision = new Promise<PgError | null>((resolve, reject) => {
    const callback: BooleanCallback = (allowed, details) => {
      disown(allowed);
      resolve(allowed === true ? null : detailedRefusal(details, refusal));
    };
    const answer = ask(callback);
    if (answer === undefined) return;
    Promise.resolve(answer).then((allowed) => callback(allowed === true), reject);
  });
  let refused: PgError | null;
  try {
    refused = await session.interrupt.race(decision);
  } catch (error) {
    refused = failedDecision(session, error, refusal);
  }
  if (refused !== null) throw refused;
}

/** Asks a handler about a client that is not in yet; what it throws refuses the client. */
export async function consult<T>(
  session: ClientSession,
  refusal: () => PgError,
  question: () => MaybePromise<T>,
): Promise<T> {
  try {
    return await session.interrupt.race(Promise.resolve(question()));
  } catch (error) {
    throw failedDecision(session, error, refusal);
  }
}

/** What a client gets when a decision fails: only a PgError is meant for it, anything else may tell strangers too much. */
function failedDecision(session: ClientSession, error: unknown, refusal: () => PgError): PgError {
  if (session.ending !== undefined) return session.ending;
  session.host.logger.error({ err: error, connectionId: session.connectionId }, 'a handler failed to decide');
  return isPgError(error) ? asFatal(error) : refusal();
}

function detailedRefusal(details: Parameters<BooleanCallback>[1], otherwise: () => PgError): PgError {
  const { message, severity, sqlstate: code } = details ?? {};
  if (message === undefined && severity === undefined && code === undefined) return otherwise();
  return new PgError({
    severity: severity ?? 'FATAL',
    sqlstate: code ?? sqlstate.internal_error,
    message: message ?? 'rejected',
  });
}

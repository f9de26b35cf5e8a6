import { type FieldDescription, PgError, sqlstate, typeOid } from '@riffq/wire';
import { negativeTimeout } from '../errors/statement-errors.js';
import { longestChannel, longestPayload } from '../notifications.js';
import { encodedRowStream } from '../results/encoded-rows.js';
import type { Outcome } from '../results/normalise.js';
import { reachSession } from '../session/cancel/reach-session.js';
import type { ClientSession } from '../session/client-session.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import { argumentValues, type LoneCall, parseLoneCall } from '../sql/lone-call.js';
import type { Statement } from '../sql/statement.js';

/** A function that the session itself answers when it stands alone in a SELECT. */
interface LoneFunction {
  readonly argumentCounts: readonly number[];
  readonly typeOid: number;
  /** Whether parameters are taken as text, which they are when nobody says what they are. */
  readonly takesText: boolean;
  call(session: ClientSession, args: readonly (string | null)[]): string | null;
}

/** What drivers call as others would say NOTIFY. */
const pgNotify: LoneFunction = {
  argumentCounts: [2],
  typeOid: typeOid.void,
  takesText: true,
  call(session, [channel, payload]) {
    if (channel === null || channel === undefined || channel === '') throw invalid('channel name cannot be empty');
    if (Buffer.byteLength(channel) > longestChannel) throw invalid('channel name too long');
    if (Buffer.byteLength(payload ?? '') > longestPayload) throw invalid('payload string too long');
    session.channels.add({ kind: 'notify', channel, payload: payload ?? '' });
    return '';
  },
};

/** The catalog would answer, too, but not while a statement that one wants to end keeps it busy. */
const endingSession = (kind: 'cancel' | 'terminate', argumentCounts: readonly number[]): LoneFunction => ({
  argumentCounts,
  typeOid: typeOid.bool,
  takesText: false,
  call(session, [processId, timeout]) {
    if (processId === null || processId === undefined || timeout === null) return null;
    // Nobody waits here, but it has to be a time.
    if (Number(timeout ?? 0) < 0) throw negativeTimeout();
    const reached = reachSession(session, kind, Number(processId));
    if (!reached) {
      session.notice({
        severity: 'WARNING',
        sqlstate: sqlstate.warning,
        message: `PID ${processId} is not a PostgreSQL backend process`,
      });
    }
    return reached ? 't' : 'f';
  },
});

const functions: ReadonlyMap<string, LoneFunction> = new Map([
  // What asyncpg's pool sends with every connection that comes back; there are no advisory locks, so all are free.
  ['pg_advisory_unlock_all', { argumentCounts: [0], typeOid: typeOid.void, takesText: true, call: () => '' }],
  ['pg_notify', pgNotify],
  ['pg_cancel_backend', endingSession('cancel', [1])],
  ['pg_terminate_backend', endingSession('terminate', [1, 2])],
]);

const begins = new RegExp(`^select\\s+(?:pg_catalog\\s*\\.\\s*)?(?:${[...functions.keys()].join('|')})\\s*\\(`, 'i');

/** Whether a statement may be a call of such a function. */
export function mayBeLoneFunction({ keyword, sql }: Statement): boolean {
  return keyword === 'SELECT' && begins.test(sql);
}

/** Answers such a call; undefined when the statement is anything else. */
export function callLoneFunction(
  session: ClientSession,
  { statement, args }: Pick<StatementRequest, 'statement' | 'args'>,
): Outcome | undefined {
  const found = loneFunction(statement);
  const given = found && argumentValues(found.call, args);
  if (found === undefined || given === undefined) return undefined;
  const { answers } = found;
  return {
    kind: 'rows',
    rows: encodedRowStream({ fields: [found.column], rows: rowOf(() => answers.call(session, given)) }),
  };
}

/** The columns come before what is wrong with the call, as from PostgreSQL. */
function* rowOf(call: () => string | null): Generator<readonly (string | null)[]> {
  yield [call()];
}

/** The column of such a call; undefined when the statement is anything else. */
export function loneFunctionColumns(statement: Statement): readonly FieldDescription[] | undefined {
  const found = loneFunction(statement);
  return found && [found.column];
}

function loneFunction(
  statement: Statement,
): { readonly call: LoneCall; readonly answers: LoneFunction; readonly column: FieldDescription } | undefined {
  if (!mayBeLoneFunction(statement)) return undefined;
  const call = parseLoneCall(statement.sql);
  const answers = call && functions.get(call.name);
  if (call === undefined || answers === undefined || !answers.argumentCounts.includes(call.args.length))
    return undefined;
  const isFitting =
    answers.takesText || call.args.every((argument) => 'value' in argument && isInteger(argument.value));
  return isFitting ? { call, answers, column: { name: call.column, typeOid: answers.typeOid } } : undefined;
}

function isInteger(value: string | null): boolean {
  return value === null || /^-?\d{1,10}$/.test(value);
}

function invalid(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_parameter_value, message });
}

import { hasSqlstateShape, isPgError, isSqlstate, PgError, sqlstate } from '@riffq/wire';
import { disown } from '../awaitable.js';

/** Fields of an error that go to the client as they are. */
const textFields = ['detail', 'hint', 'where', 'schema', 'table', 'column', 'dataType', 'constraint'] as const;

/**
 * Makes what a handler threw, or gave to its callback, into what its client gets. But for a PgError, a `sqlstate` or `code`
 * counts only if its class is PostgreSQL's (`EPIPE` has five characters too), and a `severity` if it ends the session; stack and cause are for
 * the logger alone.
 */
export function toPgError(error: unknown): PgError {
  try {
    if (!isPgError(error)) return readError(error);
    // It was chosen for the client, and PostgreSQL's own need not be all classes that there are.
    return hasSqlstateShape(error.sqlstate)
      ? error
      : new PgError({ ...error.fields, sqlstate: sqlstate.internal_error });
  } catch (cause) {
    // A getter, or a proxy, may throw whatever it is asked.
    return new PgError({ message: 'unknown error', cause });
  }
}

function readError(error: unknown): PgError {
  disown(error);
  if (typeof error !== 'object' || error === null) {
    return new PgError({
      message: typeof error === 'string' ? error : `the handler threw ${String(error)}`,
      cause: error,
    });
  }
  const field = (name: string): unknown => Reflect.get(error, name);
  const text = (name: string): string | undefined => {
    const value = field(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const severity = field('severity');
  const position = Number(field('position'));
  const given = textFields.flatMap((name) => {
    const value = text(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return new PgError({
    severity: severity === 'FATAL' || severity === 'PANIC' ? severity : 'ERROR',
    sqlstate: [field('sqlstate'), field('code')].find(isSqlstate) ?? sqlstate.internal_error,
    message: text('message') ?? 'unknown error',
    ...Object.fromEntries(given),
    ...(Number.isInteger(position) && position > 0 ? { position } : {}),
    // Plain fields were chosen for the client: there is nothing more to log.
    cause: error instanceof Error ? error : field('cause'),
  });
}

/** The same error as the end of a session. */
export function asFatal(error: PgError): PgError {
  return error.severity === 'ERROR' ? new PgError({ ...error.fields, severity: 'FATAL' }) : error;
}

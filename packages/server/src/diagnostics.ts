import { channel, type TracingChannel, tracingChannel } from 'node:diagnostics_channel';
import type { Awaitable } from './awaitable.js';
import { toPgError } from './errors/to-pg-error.js';
import type { Session } from './session.js';

/** What every event says once what it is about has ended. */
export interface Traced {
  /** Milliseconds; undefined until the end. */
  duration?: number;
  /** Of the error that ended it; undefined when it went well. */
  sqlstate?: string;
}

/** A client, from its first byte to its last: `tracing:riffq:connection:*`. */
export interface ConnectionTrace extends Traced {
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Undefined until the client has said who it is. */
  readonly session: Session | undefined;
}

/** A client on its way in, from its start-up packet to its first ReadyForQuery: `tracing:riffq:authentication:*`. */
export interface AuthenticationTrace extends Traced {
  readonly session: Session;
}

/** A statement of a simple query, or an Execute: `tracing:riffq:statement:*`. */
export interface StatementTrace extends Traced {
  readonly session: Session;
  readonly sql: string;
  readonly protocol: 'simple' | 'extended';
  /** Who answers: the host's handler, the catalog, or the session itself; transactions and COPY are told apart. */
  kind: 'handler' | 'catalog' | 'session' | 'transaction' | 'copy';
  /** When it began, as `performance.now()` tells the time. */
  readonly begun: number;
  /** Milliseconds to the first row, if there is one. */
  firstRow?: number;
  /** Rows that were sent. */
  rows: number;
  /** Bytes of those rows. */
  bytes: number;
}

/** Data of a COPY on their way: `tracing:riffq:copy:*`. */
export interface CopyTrace extends Traced {
  readonly session: Session;
  readonly direction: 'in' | 'out';
  rows: number;
  /** Bytes of its CopyData messages. */
  bytes: number;
}

export const connectionChannel = tracingChannel<ConnectionTrace>('riffq:connection');
export const authenticationChannel = tracingChannel<AuthenticationTrace>('riffq:authentication');
export const statementChannel = tracingChannel<StatementTrace>('riffq:statement');
export const copyChannel = tracingChannel<CopyTrace>('riffq:copy');
/** Told a StatementTrace when its first row is encoded. */
export const firstRowChannel = channel('riffq:statement:firstRow');

/** Whether anybody listens: else nothing is made to be told. */
export function isTraced({ start, end, asyncStart, asyncEnd, error }: TracingChannel<unknown, object>): boolean {
  return (
    start.hasSubscribers ||
    asyncEnd.hasSubscribers ||
    error.hasSubscribers ||
    end.hasSubscribers ||
    asyncStart.hasSubscribers
  );
}

/** Does `work` between the channel's `start` and `asyncEnd`, in the stores that are bound to it. */
export function traced<E extends Traced & object, T>(
  tracing: TracingChannel<E, E>,
  event: E,
  work: () => Awaitable<T>,
): Promise<T> {
  return tracing.tracePromise(() => timed(event, work), event);
}

async function timed<T>(event: Traced, work: () => Awaitable<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await work();
  } catch (error) {
    event.sqlstate = toPgError(error).sqlstate;
    throw error;
  } finally {
    event.duration = performance.now() - begun;
  }
}

import { rowsAreNoList, sourceFailed, tooManyRows } from '../errors/source-errors.js';
import { orAborted } from '../or-aborted.js';
import { TimeSlice } from './time-slice.js';

/** Tells when a source has dropped its callback without calling it: nobody can deliver rows any more. */
const forgottenCallbacks = new FinalizationRegistry<() => void>((onForgotten) => onForgotten());

/** More rows than this are no catalog, but something that does not end. */
const rowsAtMost = 1_000_000;

/** One call of a source's method. */
export interface SourceCall {
  readonly method: string;
  readonly parameters: readonly string[];
  /** Whether the method may call its callback: then returning nothing promises that. */
  readonly takesCallback: boolean;
  readonly run: (deliver: (rows: unknown) => void) => unknown;
}

/**
 * Calls a method of a source and gives its rows, whichever way they come; the first way counts. Rejects with the signal's
 * reason as soon as that aborts, whatever the source does then.
 */
export async function askSource(call: SourceCall, signal: AbortSignal): Promise<readonly unknown[]> {
  signal.throwIfAborted();
  const rows = firstAnswer(call).then((answer) => collect(call.method, answer, signal));
  try {
    return await orAborted(rows, signal);
  } catch (error) {
    throw signal.aborted ? error : sourceFailed(call.method, call.parameters, error);
  }
}

/** Not async, so that no suspended frame keeps the callback from being collected; neither does a function in here name it. */
function firstAnswer({ takesCallback, run }: SourceCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let isPromised = false;
    let isForgotten = false;
    const settle = (): void => {
      if (isPromised && isForgotten) resolve([]);
    };
    const onForgotten = (): void => {
      isForgotten = true;
      settle();
    };
    const onReturned = (rows: unknown): void => {
      isPromised = rows === undefined && takesCallback;
      if (isPromised) settle();
      else resolve(rows);
    };
    const deliver = (rows: unknown): void => resolve(rows);
    if (takesCallback) forgottenCallbacks.register(deliver, onForgotten);
    const returned = run(deliver);
    if (isPromise(returned)) returned.then(onReturned, reject);
    else onReturned(returned);
  });
}

async function collect(method: string, rows: unknown, signal: AbortSignal): Promise<readonly unknown[]> {
  if (rows === undefined || rows === null) return [];
  if (Array.isArray(rows)) {
    if (rows.length > rowsAtMost) throw tooManyRows(method, rowsAtMost);
    return rows;
  }
  if (!isIterable(rows)) throw rowsAreNoList(method, rows);
  const collected: unknown[] = [];
  const slice = new TimeSlice();
  for await (const row of rows) {
    if (collected.length === rowsAtMost) throw tooManyRows(method, rowsAtMost);
    collected.push(row);
    // What has its rows at hand never waits, and so would nothing else have its turn, the time limit neither.
    if (slice.isOverAfter(collected.length)) await slice.next();
    // What iterates for ever ends with those who wait.
    signal.throwIfAborted();
  }
  return collected;
}

/** A text iterates too, but its characters are no rows. */
function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

import { rowsAreNoList, sourceFailed } from '../errors.js';
import { orAborted } from '../or-aborted.js';

/** Tells when a source has dropped its callback without calling it: nobody can deliver rows any more. */
const forgottenCallbacks = new FinalizationRegistry<() => void>((onForgotten) => onForgotten());

/** One call of a source's method. */
export interface SourceCall {
  readonly method: string;
  readonly parameters: readonly string[];
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
    const [method, names] = [call.method, call.parameters.map((name) => JSON.stringify(name))];
    throw signal.aborted ? error : sourceFailed(`${method}(${names.join(', ')})`, error);
  }
}

/** Not async, so that no suspended frame keeps the callback from being collected. */
function firstAnswer(call: SourceCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const deliver = (rows: unknown): void => resolve(rows);
    const returned = call.run(deliver);
    if (returned === undefined || returned === null) {
      forgottenCallbacks.register(deliver, () => resolve([]));
    } else if (isPromise(returned)) {
      // A promise of nothing: the rows have been delivered, or there are none.
      returned.then((rows) => resolve(rows ?? []), reject);
    } else {
      resolve(returned);
    }
  });
}

async function collect(method: string, rows: unknown, signal: AbortSignal): Promise<readonly unknown[]> {
  if (rows === undefined || rows === null) return [];
  if (Array.isArray(rows)) return rows;
  if (!isIterable(rows)) throw rowsAreNoList(method, rows);
  const collected: unknown[] = [];
  for await (const row of rows) {
    // What iterates for ever ends with those who wait.
    signal.throwIfAborted();
    collected.push(row);
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

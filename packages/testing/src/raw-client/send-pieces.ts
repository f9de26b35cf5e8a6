import { setTimeout } from 'node:timers/promises';
import type { Wait } from './wait.js';

/** How to send in pieces. */
export interface SendSplitOptions {
  /** Milliseconds between one piece and the next. @defaultValue 0 */
  readonly pause?: number;
  /** Stops sending when it aborts; what was sent stays sent. */
  readonly signal?: Wait['signal'];
}

/** Why sending in pieces fails when the connection does. */
export function notAllSent(cause: unknown): Error {
  return new Error('the connection was closed before all was sent', { cause });
}

/**
 * Writes one piece after the other, each when the kernel has the one before and the pause is over.
 *
 * @param gone - aborts when the connection is closed, with `notAllSent`.
 * @throws Error if a piece cannot be written; the reason of the signal that aborts.
 */
export async function sendPieces(
  pieces: Iterable<Uint8Array>,
  write: (piece: Uint8Array, written: (error?: Error | null) => void) => void,
  gone: AbortSignal,
  options: SendSplitOptions,
): Promise<void> {
  const { pause = 0, signal = gone } = options;
  const stop = AbortSignal.any([gone, signal]);
  let first = true;
  for (const piece of pieces) {
    if (!first) await setTimeout(pause, undefined, { signal: stop }).catch(() => undefined);
    first = false;
    stop.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const abort = () => reject(stop.reason);
      stop.addEventListener('abort', abort, { once: true });
      write(piece, (error) => {
        stop.removeEventListener('abort', abort);
        if (error) reject(notAllSent(error));
        else resolve();
      });
    });
  }
}

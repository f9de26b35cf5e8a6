/** Who waits for a turn, first come first served. */
const waiting: (() => void)[] = [];

/**
 * Waits for a turn of the event loop that no other large result has: in each turn one of them goes on by one chunk, or one long
 * row, and then everybody's sockets are read, however many results stream.
 */
export function encodingTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(giveTurn);
  });
}

/** What comes after the promise runs before the event loop goes on. */
function giveTurn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(giveTurn);
}

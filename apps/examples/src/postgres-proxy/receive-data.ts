import { isPgError } from '@riffq/wire';
import type { Exchange } from './exchange.js';
import { copyDone, copyFail } from './frontend-messages.js';

/** Passes the client's COPY data on and answers how many rows the server took. */
export async function receiveData(exchange: Exchange, data: AsyncIterable<Uint8Array>): Promise<number> {
  // What the server says meanwhile is read: it takes no more data while nobody hears its notices, and may refuse them.
  await Promise.all([exchange.next(), forward(exchange, data)]);
  return Number(/\d+$/.exec(exchange.tag)?.[0] ?? 0);
}

async function forward(exchange: Exchange, data: AsyncIterable<Uint8Array>): Promise<void> {
  const refused = exchange.failed.then(copyDone);
  await exchange.endData(await Promise.race([sendAll(exchange, data), refused]));
}

/** Sends the data up to their end, and answers how that is to be told. */
async function sendAll(exchange: Exchange, data: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  try {
    for await (const piece of data) await exchange.send(piece);
    return copyDone();
  } catch (error) {
    return copyFail(reasonOf(error));
  }
}

/** What the client said in its CopyFail, or why it cannot send more. */
function reasonOf(error: unknown): string {
  if (isPgError(error) && error.cause instanceof Error) return error.cause.message;
  return error instanceof Error ? error.message : String(error);
}

import { isPgError } from '@riffq/wire';
import type { Exchange } from './exchange.js';
import { copyDone, copyFail } from './frontend-messages.js';

/** Passes the client's COPY data on and answers how many rows the server took. */
export async function receiveData(exchange: Exchange, data: AsyncIterable<Uint8Array>): Promise<number> {
  // The server may refuse the data while the client is still making up more.
  const refused = exchange.failed.then(() => end(exchange, copyDone()));
  return Promise.race([forward(exchange, data), refused]);
}

async function forward(exchange: Exchange, data: AsyncIterable<Uint8Array>): Promise<number> {
  let ending: Uint8Array = copyDone();
  try {
    for await (const piece of data) await exchange.send(piece);
  } catch (error) {
    ending = copyFail(reasonOf(error));
  }
  return end(exchange, ending);
}

async function end(exchange: Exchange, ending: Uint8Array): Promise<number> {
  await exchange.endData(ending);
  await exchange.next();
  return Number(/\d+$/.exec(exchange.tag)?.[0] ?? 0);
}

/** What the client said in its CopyFail, or why it cannot send more. */
function reasonOf(error: unknown): string {
  if (isPgError(error) && error.cause instanceof Error) return error.cause.message;
  return error instanceof Error ? error.message : String(error);
}

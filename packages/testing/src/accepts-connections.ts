import { createConnection } from 'node:net';
import { setTimeout } from 'node:timers/promises';

// Length, then the request code 80877103.
const sslRequest = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);
const pause = 20;

/**
 * Settles when a server answers an SSLRequest with `N` or `S`, which is the first thing that every PostgreSQL server
 * can say and leaves no trace in a session; asks again until then. Rejects with the signal's reason.
 * See https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL.
 */
export async function acceptsConnections(host: string, port: number, signal: AbortSignal): Promise<void> {
  while (!(await answersSslRequest(host, port, signal))) {
    await setTimeout(pause, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  }
}

/** One attempt; it lasts as long as the server keeps the connection open without a word. */
function answersSslRequest(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let answered = false;
    const socket = createConnection({ host, port });
    const giveUp = () => socket.destroy();
    signal.addEventListener('abort', giveUp);
    socket.once('connect', () => socket.write(sslRequest));
    socket.once('data', (bytes) => {
      answered = bytes[0] === 0x4e || bytes[0] === 0x53;
      socket.destroy();
    });
    // A refused connection is an answer like any other; `close` follows.
    socket.once('error', () => undefined);
    socket.once('close', () => {
      signal.removeEventListener('abort', giveUp);
      resolve(answered);
    });
  });
}

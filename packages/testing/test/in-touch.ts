import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** Waits for a fixture to connect to it, so that a test sees when the fixture's process is there and when it is gone. */
export interface InTouch {
  /** What the fixture wants in IN_TOUCH_WITH. */
  readonly port: string;
  readonly here: Promise<unknown>;
  readonly gone: Promise<unknown>;
  close(): void;
}

/** Listens for one fixture. */
export async function listenForFixture(): Promise<InTouch> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const here: Promise<Socket[]> = once(listener, 'connection');
  // A killed process may reset its connections.
  const gone = here.then(
    ([connection]) => connection && once(connection.on('error', () => undefined).resume(), 'close'),
  );
  return {
    port: String(typeof address === 'object' ? address?.port : undefined),
    here,
    gone,
    close: () => void listener.close(),
  };
}

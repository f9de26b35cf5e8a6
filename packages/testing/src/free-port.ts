import { once } from 'node:events';
import { createServer } from 'node:net';

/** A TCP port of `host` that nobody listens on now; another program may still take it before its user does. */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('a TCP server has no port');
  }
  return address.port;
}

import { lstat, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { RiffqError } from './errors/riffq-error.js';
import type { ListenAddress } from './listen-address.js';

/**
 * Makes a server listen. The Unix socket of a server that was killed is replaced.
 *
 * @throws RiffqError RIFFQ_ERR_LISTEN_ADDRESS when the address is taken or cannot be had.
 */
export async function bind(server: Server, address: ListenAddress): Promise<void> {
  try {
    try {
      await listen(server, address);
    } catch (error) {
      if (!('path' in address) || !isTaken(error) || !(await isStale(address.path))) throw error;
      await unlink(address.path);
      await listen(server, address);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RiffqError('RIFFQ_ERR_LISTEN_ADDRESS', `cannot listen: ${reason}`, { cause: error });
  }
}

function listen(server: Server, address: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Settles when the server accepts nobody any more and all its sockets are gone. */
export function stopListening(server: Server | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (server?.listening) server.close(() => resolve());
    else resolve();
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** Whether nobody accepts connections at a Unix socket. A file of another kind is never taken for one. */
async function isStale(path: string): Promise<boolean> {
  if (!(await lstat(path)).isSocket()) return false;
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error) => resolve('code' in error && error.code === 'ECONNREFUSED'));
  });
}

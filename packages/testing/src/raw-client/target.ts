import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type Wait, watchWait } from './wait.js';

/**
 * Where a server is: a host and port (127.0.0.1 unless told), where a host that begins with `/` is the folder of a Unix
 * socket, as with libpq; the path of a Unix socket; or any stream that leads to it.
 */
export type RawTarget = { readonly host?: string; readonly port: number } | { readonly path: string } | Duplex;

/**
 * A stream to the target. What one side ends, the other may still use, and small writes leave at once.
 *
 * @throws Error if nobody accepts there, or not in time.
 */
export async function connectTo(target: RawTarget, wait: Wait & { readonly timeout: number }): Promise<Duplex> {
  if (target instanceof Duplex) return target;
  const address = addressOf(target);
  const socket = connect({ ...address, allowHalfOpen: true, noDelay: true });
  try {
    await connected(socket, 'path' in address ? address.path : `${address.host}:${address.port}`, wait);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
}

/** The name or address that a certificate has to be for; undefined for Unix sockets and streams. */
export function hostOf(target: RawTarget): string | undefined {
  if (target instanceof Duplex) return undefined;
  const address = addressOf(target);
  return 'host' in address ? address.host : undefined;
}

function addressOf(target: Exclude<RawTarget, Duplex>): { host: string; port: number } | { path: string } {
  if ('path' in target) return { path: target.path };
  const { host = '127.0.0.1', port } = target;
  return host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
}

function connected(socket: Socket, address: string, wait: Wait & { readonly timeout: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = watchWait(wait, ({ message, cause }) => {
      socket.off('error', fail).on('error', () => undefined);
      reject(new Error(`the connection to ${address} ${message}`, { cause }));
    });
    const fail = (error: Error) => {
      stop();
      reject(error);
    };
    socket.once('error', fail).once('connect', () => {
      stop();
      socket.off('error', fail);
      resolve();
    });
  });
}

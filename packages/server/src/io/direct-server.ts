import { createServer, type Server, type Socket } from 'node:net';
import { DirectSocket } from './direct-socket.js';

/** What becomes of the connections that a server accepts. */
interface Reception {
  /** After so many milliseconds of silence TCP asks whether the other side is there; 0: never. */
  readonly keepAlive: number;
  /** Whether the next connection is taken; else it is closed before a socket is made of it, which is most of what it costs. */
  isOpen(): boolean;
  onSocket(socket: Socket): void;
}

/** What Node has of a connection, as far as it is used here. */
interface ConnectionHandle {
  close(): void;
}

/** A server whose connections come as `DirectSocket`s. */
export function createDirectServer({ keepAlive, isOpen, onSocket }: Reception): Server {
  const keepsAlive = keepAlive > 0;
  const options = { noDelay: true, keepAlive: keepsAlive, keepAliveInitialDelay: keepAlive };
  const server = createServer({ allowHalfOpen: true, ...options }, onSocket);
  server.once('listening', () => {
    // Nothing public gives it; without it the sockets are as good, but slower, and each is made.
    const listening: unknown = Reflect.get(server, '_handle');
    if (typeof listening !== 'object' || listening === null) return;
    const usual: unknown = Reflect.get(listening, 'onconnection');
    if (typeof usual !== 'function') return;
    const inherited = inheritsOptions(listening, keepAlive);
    Reflect.set(listening, 'onconnection', (error: unknown, handle: ConnectionHandle | undefined) => {
      if (error || handle === undefined) {
        usual.call(listening, error, handle);
        return;
      }
      if (!isOpen()) {
        handle.close();
        return;
      }
      const socket = new DirectSocket(handle);
      if (!inherited) {
        socket.setNoDelay(true);
        if (keepsAlive) socket.setKeepAlive(true, keepAlive);
      }
      onSocket(socket);
    });
  });
  return server;
}

/** On Linux a connection has the options of the socket that it came in by: five calls of the kernel fewer for each. */
function inheritsOptions(listening: object, keepAlive: number): boolean {
  if (process.platform !== 'linux') return false;
  const set = (name: string, ...parameters: readonly unknown[]): boolean => {
    const method: unknown = Reflect.get(listening, name);
    return typeof method === 'function' && method.apply(listening, parameters) === 0;
  };
  return set('setNoDelay', true) && (keepAlive === 0 || set('setKeepAlive', true, Math.ceil(keepAlive / 1000)));
}

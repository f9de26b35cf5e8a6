import type { Socket } from 'node:net';
import type { Peer } from '../session/startup/peer.js';

/** Who is at the other end of a socket. One of a Unix socket has no address. */
export function peerOf(socket: Socket): Peer {
  return new SocketPeer(socket);
}

class SocketPeer implements Peer {
  readonly ip: string;
  readonly port: number;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.ip = plainAddress(socket.remoteAddress ?? '');
    this.port = socket.remotePort ?? 0;
    this.#socket = socket;
  }

  // The kernel is asked only for those who want to know.
  get serverIp(): string | undefined {
    const { localAddress } = this.#socket;
    return localAddress === undefined ? undefined : plainAddress(localAddress);
  }

  get serverPort(): number | undefined {
    return this.#socket.localPort;
  }
}

/** Sockets of IPv6 show the addresses of IPv4 in a form of their own, which no rule for addresses would think of. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

import type { Socket } from 'node:net';
import type { Peer } from '../session/serve-client.js';

/** Who is at the other end of a socket. One of a Unix socket has no address. */
export function peerOf({ remoteAddress = '', remotePort = 0, localAddress, localPort }: Socket): Peer {
  return {
    ip: plainAddress(remoteAddress),
    port: remotePort,
    serverIp: localAddress === undefined ? undefined : plainAddress(localAddress),
    serverPort: localPort,
  };
}

/** Sockets of IPv6 show the addresses of IPv4 in a form of their own, which no rule for addresses would think of. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

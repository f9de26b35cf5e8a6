import { RiffqError } from './errors.js';

/** `host:port`, `[ipv6]:port`, a host and port, or the path of a Unix socket. */
export type ListenTarget = string | { readonly host?: string; readonly port: number } | { readonly path: string };

/** What `net.Server.listen` takes. */
export type ListenAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** @throws RiffqError RIFFQ_ERR_LISTEN_ADDRESS when the text is no address. */
export function parseListenTarget(target: ListenTarget): ListenAddress {
  if (typeof target !== 'string') {
    if ('path' in target) return { path: target.path };
    const { host = '127.0.0.1', port } = target;
    // Node would take an empty name for all addresses.
    if (host === '') throw invalid(`:${port}`);
    return { host, port: checkedPort(port, String(port)) };
  }
  if (target.startsWith('/')) return { path: target };
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(target);
  if (match === null) throw invalid(target);
  return { host: match[1] ?? match[2] ?? '', port: checkedPort(Number(match[3]), target) };
}

/** True when only programs of this machine can connect. */
export function isLoopback(address: ListenAddress): boolean {
  if ('path' in address) return true;
  const { host } = address;
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function checkedPort(port: number, target: string): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw invalid(target);
}

function invalid(target: string): RiffqError {
  return new RiffqError(
    'RIFFQ_ERR_LISTEN_ADDRESS',
    `invalid listen address "${target}": use "host:port", "[ipv6]:port" or the path of a Unix socket`,
  );
}

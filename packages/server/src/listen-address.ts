import { RiffqError } from './errors/riffq-error.js';

/** `host:port`, `[ipv6]:port`, a host and port, or the path of a Unix socket. */
export type ListenTarget = string | { readonly host?: string; readonly port: number } | { readonly path: string };

/** What `net.Server.listen` takes. */
export type ListenAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** @throws RiffqError RIFFQ_ERR_LISTEN_ADDRESS when the text is no address. */
export function parseListenTarget(target: ListenTarget): ListenAddress {
  if (typeof target !== 'string') {
    if (typeof target !== 'object' || target === null) throw invalid(String(target));
    if ('path' in target) return socketPath(target.path);
    const { host = '127.0.0.1', port } = target;
    // Node would take an empty name for all addresses.
    if (host === '') throw invalid(`:${port}`);
    return { host, port: checkedPort(port, String(port)) };
  }
  if (target.startsWith('/')) return socketPath(target);
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(target);
  if (match === null) throw invalid(target);
  return { host: match[1] ?? match[2] ?? '', port: checkedPort(Number(match[3]), target) };
}

/** True when only programs of this machine can connect. */
export function isLoopback(address: ListenAddress): boolean {
  if ('path' in address) return true;
  const { host } = address;
  return host === 'localhost' || isLoopbackAddress(host);
}

/** True for the addresses by which this machine reaches itself, also those of IPv4 as IPv6 shows them. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}

/** The kernel cuts a longer path without a word. */
function socketPath(path: string): ListenAddress {
  const longest = process.platform === 'darwin' ? 103 : 107;
  if (process.platform === 'win32' || Buffer.byteLength(path) <= longest) return { path };
  throw new RiffqError(
    'RIFFQ_ERR_LISTEN_ADDRESS',
    `the path "${path}" is longer than the ${longest} bytes of a Unix socket`,
  );
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

import type { AddressInfo } from 'node:net';
import { posix } from 'node:path';
import type { ResolvedLimits } from '../limits.js';
import type { ListenAddress } from '../listen-address.js';
import { settingDefinition } from './setting-definition.js';
import { showNumber } from './setting-unit.js';

/** What a server is started with, as far as PostgreSQL has settings of it. */
export interface ServerFacts {
  readonly limits: ResolvedLimits;
  readonly tls: boolean;
  /** What it was told to listen at, and where it does; null before that. */
  readonly listening: { readonly target: ListenAddress; readonly address: AddressInfo | string | null } | null;
}

/** PostgreSQL's MAX_BACKENDS, for a server without a limit. */
const mostConnections = 262_143;

/** The settings that say what a server is, where that is not PostgreSQL's default: values as SHOW tells them, by name. */
export function serverSettings({ limits, tls, listening }: ServerFacts): ReadonlyMap<string, string> {
  const { connections, reservedConnections, startupTimeout } = limits;
  const settings: Readonly<Record<string, string>> = {
    max_connections: String(connections === 0 ? mostConnections : Math.min(Math.ceil(connections), mostConnections)),
    reserved_connections: String(Math.ceil(reservedConnections.count)),
    superuser_reserved_connections: '0',
    authentication_timeout: showNumber(Math.ceil(startupTimeout / 1000), { type: 'integer', unit: 's' }),
    ssl: tls ? 'on' : 'off',
    ...(listening !== null && listenSettings(listening)),
  };
  return new Map(Object.entries(settings).filter(([name, value]) => settingDefinition(name)?.initial !== value));
}

function listenSettings({ target, address }: NonNullable<ServerFacts['listening']>): Record<string, string> {
  if ('host' in target) {
    const port = typeof address === 'object' && address !== null ? address.port : target.port;
    return { listen_addresses: target.host, port: String(port), unix_socket_directories: '' };
  }
  // libpq finds the socket of a port by this name.
  const [, port] = /\/\.s\.PGSQL\.(\d+)$/.exec(target.path) ?? [];
  const directory = { listen_addresses: '', unix_socket_directories: posix.dirname(target.path) };
  return port === undefined ? directory : { ...directory, port };
}

import { RiffqServer } from '@riffq/server';
import { type ProxyArguments, readArguments } from './postgres-proxy/options.js';
import { proxyConnection } from './postgres-proxy/proxy-connection.js';
import { StatementLog } from './postgres-proxy/statement-log.js';

// A proxy before a PostgreSQL: every client has a session of its own there, as the same user. All that a client can see
// passes through the public API: types, errors, notices, notifications, COPY, cancel, transactions.
const options = readOptions();
const { upstream, tls, listen } = options;
const log = options.log ? { log: new StatementLog((text) => process.stdout.write(text)) } : {};
const server = new RiffqServer(listen, proxyConnection({ upstream, ...log }), { copy: 'handler' });
if (tls !== undefined) server.setTls(tls.certificate, tls.key);
await server.listen({ tls: tls !== undefined });
console.log('listening', server.address());
await server.start();

function readOptions(): ProxyArguments {
  try {
    return readArguments();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(
      'usage: postgres-proxy --upstream postgres://host:port | /socket/folder[:port] [--listen 127.0.0.1:5433] ' +
        '[--tls-cert file --tls-key file] [--log]',
    );
    process.exit(2);
  }
}

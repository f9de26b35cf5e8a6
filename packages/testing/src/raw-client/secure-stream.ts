import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { type Wait, watchWait } from './wait.js';

/**
 * How to encrypt: what `tls.connect` takes (`ca`, `cert`, `key`, `rejectUnauthorized` ...), and how to begin. Unless told
 * otherwise ALPN offers `postgresql`, and SNI the host if it is a name.
 */
export interface RawTls extends ConnectionOptions {
  /**
   * `postgres` sends an SSLRequest and waits for the answer; `direct` begins with the handshake, and wants `postgresql`
   * to be chosen by ALPN.
   * @defaultValue 'postgres'
   */
  readonly negotiation?: 'postgres' | 'direct';
}

/**
 * Shakes hands over a stream; the client's half of
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-SSL.
 *
 * @throws Error if the handshake fails, the certificate is not accepted, or it takes too long.
 */
export function secureStream(
  socket: Duplex,
  host: string | undefined,
  tls: RawTls,
  wait: Wait & { readonly timeout: number },
): Promise<TLSSocket> {
  const { negotiation = 'postgres', ...options } = tls;
  const names = host === undefined ? {} : isIP(host) > 0 ? { host } : { host, servername: host };
  return new Promise((resolve, reject) => {
    const secure = connect({ ALPNProtocols: ['postgresql'], ...names, ...options, socket });
    const fail = (error: Error) => {
      stop();
      // What ends it again has been told already.
      secure.off('close', closed).destroy();
      reject(error);
    };
    const closed = () => fail(new Error('the server ended the connection during the TLS handshake'));
    const stop = watchWait(wait, ({ message, cause }) => fail(new Error(`the TLS handshake ${message}`, { cause })));
    secure.on('error', fail).once('close', closed);
    secure.once('secureConnect', () => {
      if (negotiation === 'direct' && secure.alpnProtocol !== 'postgresql') {
        fail(new Error('the server did not choose the protocol "postgresql" by ALPN'));
        return;
      }
      stop();
      secure.off('close', closed);
      resolve(secure);
    });
  });
}

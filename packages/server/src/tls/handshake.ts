import type { Socket } from 'node:net';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { invalidClientCertificate } from '../authentication/refusals.js';
import type { TlsSetup } from './tls-setup.js';

/** The name of the protocol in ALPN. https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-SSL */
export const alpnProtocol = 'postgresql';

/** The server's side of TLS over a socket; `onError` hears what `selectCertificate` throws. */
export function secureServerSide(plain: Socket, setup: TlsSetup, onError: (error: unknown) => void): TLSSocket {
  const secure = new TLSSocket(plain, {
    isServer: true,
    secureContext: setup.context,
    ALPNProtocols: [alpnProtocol],
    requestCert: setup.requestsCertificates,
    // Judged after the handshake, so that the client is told why.
    rejectUnauthorized: false,
    ...(setup.selects && {
      SNICallback: (serverName, done) => {
        setup.select(serverName).then(
          (context) => done(null, context),
          (error: unknown) => {
            onError(error);
            done(new Error('there is no certificate for this name'));
          },
        );
      },
    }),
  });
  // It could be had over and over, at our cost.
  secure.disableRenegotiation();
  secure.on('error', () => secure.destroy());
  // What breaks TLS after the handshake is an 'error' only to the sockets of a tls.Server.
  secure.on('_tlsError', () => secure.destroy());
  secure.once('close', () => plain.destroy());
  return secure;
}

/** The certificate that the client has shown. @throws PgError FATAL 28000 when no authority stands for it */
export function clientCertificate(secure: TLSSocket, { requestsCertificates }: TlsSetup): PeerCertificate | null {
  if (!requestsCertificates) return null;
  const certificate = secure.getPeerCertificate();
  if (certificate === null || Object.keys(certificate).length === 0) return null;
  const failure = verificationError(secure);
  if (failure !== null) throw invalidClientCertificate(failure);
  return certificate;
}

/**
 * Why OpenSSL does not trust the certificate; null when it does. `authorized` is for the sockets of a `tls.Server` alone, so that
 * its source is asked; were it gone, nobody would be trusted.
 */
function verificationError(secure: TLSSocket): string | null {
  const handle: unknown = Reflect.get(secure, '_handle');
  const verifyError: unknown =
    typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'verifyError') : null;
  if (typeof verifyError !== 'function') return 'it cannot be verified';
  const error: unknown = verifyError.call(handle);
  if (error === null || error === undefined) return null;
  return error instanceof Error ? error.message : 'it cannot be verified';
}

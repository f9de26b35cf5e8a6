import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import { RiffqError } from '../errors/riffq-error.js';
import type { TlsCertificate } from './tls-options.js';

/**
 * A TLS context out of a certificate and its key: paths of PEM files, or PEM itself (bytes, or text that has
 * `-----BEGIN` in it). Keys may be PKCS#8, PKCS#1 or SEC1, encrypted ones with a passphrase.
 *
 * @throws RiffqError RIFFQ_ERR_TLS_CERTIFICATE naming the file that is missing or wrong, and what is wrong.
 */
export function loadCertificate(
  { certificate, key, passphrase }: TlsCertificate,
  authorities: string | Uint8Array | undefined,
): SecureContext {
  const cert = readPem(certificate, 'Certificate');
  requireBlock(cert, certificateBlock, 'certificate');
  const privateKey = readPem(key, 'Certificate keyfile');
  requireBlock(privateKey, /-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'private key', ' (expected PKCS#8, PKCS#1 or SEC1)');
  const ca = authorities === undefined ? undefined : readPem(authorities, 'Certificate of authorities');
  if (ca !== undefined) requireBlock(ca, certificateBlock, 'certificate');
  try {
    return createSecureContext({
      cert: cert.pem,
      key: privateKey.pem,
      minVersion: 'TLSv1.2',
      // Clients that resume a session would fail without one when they are asked for certificates.
      sessionIdContext: 'riffq',
      ...(ca && { ca: ca.pem }),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RiffqError(
      'RIFFQ_ERR_TLS_CERTIFICATE',
      `the certificate in ${cert.origin} and the key in ${privateKey.origin} do not work: ${reason}`,
      { cause: error },
    );
  }
}

const certificateBlock = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/;

interface Source {
  readonly pem: Buffer;
  /** Where it came from, for error messages. */
  readonly origin: string;
}

function readPem(source: string | Uint8Array, what: string): Source {
  if (typeof source !== 'string') return { pem: Buffer.from(source), origin: 'the given bytes' };
  // OpenSSL writes words before it; taken for a path, a key would be in the error's message.
  if (source.includes('-----BEGIN ')) return { pem: Buffer.from(source), origin: 'the given text' };
  try {
    return { pem: readFileSync(source), origin: source };
  } catch (error) {
    const found = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'not found' : 'not readable';
    throw new RiffqError('RIFFQ_ERR_TLS_CERTIFICATE', `${what} ${found} in ${source}`, { cause: error });
  }
}

function requireBlock({ pem, origin }: Source, block: RegExp, what: string, expected = ''): void {
  if (block.test(pem.toString('latin1'))) return;
  throw new RiffqError('RIFFQ_ERR_TLS_CERTIFICATE', `no PEM ${what} found in ${origin}${expected}`);
}

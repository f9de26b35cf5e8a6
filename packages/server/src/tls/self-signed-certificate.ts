import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from './make-certificate.js';
import type { TlsCertificate } from './tls-options.js';

const day = 24 * 60 * 60 * 1000;

/**
 * A certificate for development, signed by itself, and its key: made at the first call and kept in a folder as `server.crt` and
 * `server.key`, made again when it is about to expire. Clients trust it by `sslrootcert=<folder>/server.crt`; without a folder it
 * is as good as the process lasts. Nobody but you should trust it.
 *
 * @example
 * const { certificate, key } = selfSignedCertificate({ folder: '.tls' });
 * server.setTls(certificate, key);
 */
export function selfSignedCertificate(
  options: {
    readonly folder?: string;
    /** The names and addresses that it is for. @defaultValue ['localhost', '127.0.0.1', '::1'] */
    readonly names?: readonly string[];
  } = {},
): TlsCertificate {
  const { folder, names = ['localhost', '127.0.0.1', '::1'] } = options;
  if (folder === undefined) return makePair(names);
  const paths = { certificate: join(folder, 'server.crt'), key: join(folder, 'server.key') };
  if (isUsable(paths.certificate)) return paths;
  const { certificate, key } = makePair(names);
  mkdirSync(folder, { recursive: true });
  // libpq and PostgreSQL refuse keys that others may read.
  writeFileSync(paths.key, key, { mode: 0o600 });
  writeFileSync(paths.certificate, certificate);
  return paths;
}

function makePair(names: readonly string[]): { readonly certificate: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const now = Date.now();
  const der = makeCertificate({
    names,
    publicKey,
    privateKey,
    // Clocks differ.
    notBefore: new Date(now - day),
    notAfter: new Date(now + 365 * day),
  });
  return {
    certificate: new X509Certificate(der).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function isUsable(path: string): boolean {
  try {
    return Date.parse(new X509Certificate(readFileSync(path)).validTo) > Date.now() + 7 * day;
  } catch {
    return false;
  }
}

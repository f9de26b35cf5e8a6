import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { makeCertificate } from './make-certificate.js';
import type { TlsCertificate } from './tls-options.js';

const day = 24 * 60 * 60 * 1000;

/**
 * A certificate for development, signed by itself, and its key: made at the first call and kept in a folder as `server.crt` and
 * `server.key`, made again when it is about to expire, is not for all the names, or its key is missing. Clients trust it by `sslrootcert=<folder>/server.crt`; without a folder it
 * is as good as the process lasts. Nobody but you should trust it.
 *
 * @example
 * const { certificate, key } = selfSignedCertificate({ folder: '.tls' });
 * server.setTls(certificate, key);
 */
export function selfSignedCertificate(
  options: {
    readonly folder?: string;
    /** The names and addresses that it is for. @defaultValue those of the one in the folder, else ['localhost', '127.0.0.1', '::1'] */
    readonly names?: readonly string[];
  } = {},
): TlsCertificate {
  const { folder, names } = options;
  if (folder === undefined) return makePair(names);
  const paths = { certificate: join(folder, 'server.crt'), key: join(folder, 'server.key') };
  if (isUsable(paths, names)) return paths;
  const { certificate, key } = makePair(names);
  mkdirSync(folder, { recursive: true });
  // libpq and PostgreSQL refuse keys that others may read.
  writeFileSync(paths.key, key, { mode: 0o600 });
  writeFileSync(paths.certificate, certificate);
  return paths;
}

function makePair(names: readonly string[] = ['localhost', '127.0.0.1', '::1']): {
  readonly certificate: string;
  readonly key: string;
} {
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

/** Whether there is a pair that lasts some days more and is for all these names. */
function isUsable(paths: Record<'certificate' | 'key', string>, names: readonly string[] = []): boolean {
  try {
    const certificate = new X509Certificate(readFileSync(paths.certificate));
    return (
      Date.parse(certificate.validTo) > Date.now() + 7 * day &&
      certificate.checkPrivateKey(createPrivateKey(readFileSync(paths.key))) &&
      names.every((name) => isFor(certificate, name))
    );
  } catch {
    return false;
  }
}

/** Names are compared as they are: `*.example.com` is no host that could be looked for. */
function isFor(certificate: X509Certificate, name: string): boolean {
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined;
  return certificate.subjectAltName?.split(', ').includes(`DNS:${name}`) ?? false;
}

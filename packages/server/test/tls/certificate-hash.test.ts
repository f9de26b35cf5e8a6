import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { certificateHash } from '../../src/tls/certificate-hash.js';
import { hasOpenssl } from '../certificates.js';

const folder = mkdtempSync(join(tmpdir(), 'riffq-certificate-hash-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A certificate in DER that openssl makes. */
function made(...parameters: readonly string[]): Buffer {
  const [key, certificate] = [join(folder, 'key'), join(folder, 'certificate')];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-nodes', '-subj', '/CN=x', ...files, ...parameters], { stdio: 'ignore' });
  return new X509Certificate(readFileSync(certificate)).raw;
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const pss = ['-newkey', 'rsa:2048', '-sigopt', 'rsa_padding_mode:pss'];

describe.skipIf(!hasOpenssl)('the hash for channel binding of a certificate', () => {
  test.each<[string, readonly string[], string]>([
    ['RSA with SHA-1', ['-newkey', 'rsa:2048', '-sha1'], 'sha256'],
    ['RSA with SHA-256', ['-newkey', 'rsa:2048', '-sha256'], 'sha256'],
    ['RSA with SHA-384', ['-newkey', 'rsa:2048', '-sha384'], 'sha384'],
    ['RSA with SHA-512', ['-newkey', 'rsa:2048', '-sha512'], 'sha512'],
    ['RSA-PSS with SHA-256', [...pss, '-sha256'], 'sha256'],
    ['RSA-PSS with SHA-384', [...pss, '-sha384'], 'sha384'],
    ['ECDSA with SHA-224', [...curve, '-sha224'], 'sha224'],
    ['ECDSA with SHA-256', [...curve, '-sha256'], 'sha256'],
    ['ECDSA with SHA-384', [...curve, '-sha384'], 'sha384'],
    ['ECDSA with SHA-512', [...curve, '-sha512'], 'sha512'],
  ])('signed by %s', (_, parameters, name) => {
    const der = made(...parameters);
    expect(certificateHash(der)).toEqual(createHash(name).update(der).digest());
  });

  test('signed by Ed25519 is none: channel binding is not offered', () => {
    expect(certificateHash(made('-newkey', 'ed25519'))).toBeNull();
  });
});

import { createHash } from 'node:crypto';
import { elementsOf, readElement } from './der.js';

/** By the object identifier of a signature algorithm, in hex: its hash; MD5 and SHA-1 are replaced as RFC 5929 says. */
const hashes: Readonly<Record<string, string>> = {
  // RSA (PKCS #1) with MD5, SHA-1, SHA-256, SHA-384, SHA-512, SHA-224.
  '2a864886f70d010104': 'sha256',
  '2a864886f70d010105': 'sha256',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a864886f70d01010e': 'sha224',
  // ECDSA with SHA-1, SHA-224, SHA-256, SHA-384, SHA-512.
  '2a8648ce3d0401': 'sha256',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
  // The hashes themselves, which RSA-PSS names: SHA-1, SHA-256, SHA-384, SHA-512, SHA-224.
  '2b0e03021a': 'sha256',
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
  '608648016503040204': 'sha224',
};
const rsaPss = '2a864886f70d01010a';

/**
 * The hash of a server's certificate (DER) for the channel binding `tls-server-end-point`; null where the signature has no hash
 * of its own, as with Ed25519.
 * https://www.rfc-editor.org/rfc/rfc5929#section-4
 */
export function certificateHash(certificate: Uint8Array): Buffer | null {
  const [, algorithm] = elementsOf(readElement(certificate).content);
  if (algorithm === undefined) return null;
  const [identifier, parameters] = elementsOf(algorithm.content);
  if (identifier === undefined) return null;
  const name = hex(identifier.content) === rsaPss ? hashOfPss(parameters?.content) : hashes[hex(identifier.content)];
  return name === undefined ? null : createHash(name).update(certificate).digest();
}

/** Named in the first of its parameters; SHA-1 where that is left out. */
function hashOfPss(parameters: Uint8Array | undefined): string | undefined {
  const [hash] = parameters === undefined ? [] : elementsOf(parameters);
  if (hash?.tag !== 0xa0) return 'sha256';
  const [identifier] = elementsOf(readElement(hash.content).content);
  return identifier && hashes[hex(identifier.content)];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

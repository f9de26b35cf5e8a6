import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import { derElement } from './der.js';

/** What a certificate says. */
export interface CertificateContent {
  /** The first is also its common name. */
  readonly names: readonly string[];
  readonly publicKey: KeyObject;
  /** An elliptic curve's. */
  readonly privateKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const sequence = (...elements: readonly Uint8Array[]): Buffer => derElement(0x30, ...elements);
const identifier = (hex: string): Buffer => derElement(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));

/**
 * Writes a certificate for a server, which it signs by itself; it is no authority for others.
 * https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function makeCertificate({ names, publicKey, privateKey, notBefore, notAfter }: CertificateContent): Buffer {
  const serial = randomBytes(16);
  // A positive number, and none that begins with a zero.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const owner = sequence(
    derElement(0x31, sequence(identifier('550403'), derElement(0x0c, Buffer.from(names[0] ?? 'localhost')))),
  );
  const content = sequence(
    // Version 3.
    derElement(0xa0, derElement(0x02, Buffer.of(2))),
    derElement(0x02, serial),
    ecdsaWithSha256,
    owner,
    sequence(time(notBefore), time(notAfter)),
    owner,
    publicKey.export({ type: 'spki', format: 'der' }),
    derElement(0xa3, sequence(...extensions(names))),
  );
  const signature = sign('sha256', content, privateKey);
  return sequence(content, ecdsaWithSha256, derElement(0x03, Buffer.of(0), signature));
}

/** No authority, for servers, and for these names. */
function extensions(names: readonly string[]): readonly Buffer[] {
  const extension = (hex: string, value: Buffer): Buffer => sequence(identifier(hex), derElement(0x04, value));
  return [
    extension('551d13', sequence()),
    extension('551d25', sequence(identifier('2b06010505070301'), identifier('2b06010505070302'))),
    extension('551d11', sequence(...names.map(alternativeName))),
  ];
}

function alternativeName(name: string): Buffer {
  return isIP(name) === 0 ? derElement(0x82, Buffer.from(name)) : derElement(0x87, addressBytes(name));
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [before = [], after] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const groups = [...before, ...Array(8 - before.length - (after?.length ?? 0)).fill('0'), ...(after ?? [])];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** With two digits for years before 2050, as the standard wants it. */
function time(date: Date): Buffer {
  const digits = `${date.toISOString().slice(0, 19).replace(/\D/g, '')}Z`;
  return date.getUTCFullYear() < 2050
    ? derElement(0x17, Buffer.from(digits.slice(2)))
    : derElement(0x18, Buffer.from(digits));
}

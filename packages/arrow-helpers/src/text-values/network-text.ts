/** Addresses and networks as PostgreSQL reads them, with the abbreviations that it has for IPv4. */
import { isIPv6 } from 'node:net';

const IPV4 = /^(\d+(?:\.\d+){0,3})(?:\/(\d+))?$/;

/** An inet's text with all four numbers; undefined if it is none. They may be left out where the bits do not reach. */
export function readInet(text: string): string | undefined {
  const address = parseIpv4(text);
  if (address === undefined) return readIpv6(text);
  const { octets, bits } = address;
  if (bits === undefined) return octets.length === 4 ? padded(octets) : undefined;
  return Math.floor(bits / 8) > octets.length ? undefined : `${padded(octets)}/${bits}`;
}

/** A cidr's text with all four numbers and the bits of the network, which its class and length tell if it does not. */
export function readCidr(text: string): string | undefined {
  const address = parseIpv4(text);
  if (address === undefined) return readIpv6(text);
  const { octets, bits = classBits(octets) } = address;
  return `${padded(octets)}/${bits}`;
}

function parseIpv4(
  text: string,
): { readonly octets: readonly number[]; readonly bits: number | undefined } | undefined {
  const match = IPV4.exec(text);
  if (match === null) return undefined;
  const octets = match[1]!.split('.').map(Number);
  const bits = match[2] === undefined ? undefined : Number(match[2]);
  return octets.every((octet) => octet <= 255) && (bits ?? 0) <= 32 ? { octets, bits } : undefined;
}

function readIpv6(text: string): string | undefined {
  const [address = '', bits = '128', more] = text.split('/');
  const isAddress = isIPv6(address) && !address.includes('%');
  return isAddress && more === undefined && /^\d+$/.test(bits) && Number(bits) <= 128 ? text : undefined;
}

function padded(octets: readonly number[]): string {
  return [...octets, 0, 0, 0].slice(0, 4).join('.');
}

/** The bits of the network of an address's class, or of as many numbers as are written. */
function classBits(octets: readonly number[]): number {
  const [first = 0] = octets;
  const ofClass = first >= 240 ? 32 : first >= 224 ? 8 : first >= 192 ? 24 : first >= 128 ? 16 : 8;
  const bits = Math.max(ofClass, octets.length * 8);
  return bits === 8 && first === 224 ? 4 : bits;
}

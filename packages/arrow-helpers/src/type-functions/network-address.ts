import { isIPv4 } from 'node:net';
import { PgError, sqlstate } from '@riffq/wire';
import { readCidr, readInet } from '../text-values/network-text.js';
import { formatIpv4, formatIpv6 } from './format-address.js';
import { invalidInput } from './input-error.js';

export type NetworkType = 'inet' | 'cidr';

/** What inet and cidr keep. */
export interface NetworkAddress {
  /** Four bytes or sixteen. */
  readonly address: Uint8Array;
  readonly prefixLength: number;
}

/**
 * An address or network in any form that PostgreSQL reads.
 *
 * @throws PgError 22P02 for what is none
 */
export function parseNetworkAddress(text: string, typeName: NetworkType): NetworkAddress {
  const read = typeName === 'cidr' ? readCidr(text) : readInet(text);
  if (read === undefined) throw invalidInput(typeName, text);
  const [host = '', prefix] = read.split('/');
  const address = Uint8Array.from(addressBytes(host));
  const prefixLength = prefix === undefined ? address.length * 8 : Number(prefix);
  if (typeName === 'inet' || !hasHostBits(address, prefixLength)) return { address, prefixLength };
  throw new PgError({
    sqlstate: sqlstate.invalid_text_representation,
    message: `invalid cidr value: "${text}"`,
    detail: 'Value has bits set to right of mask.',
  });
}

/** `10.0.0.0/8`, `::1`. */
export function formatNetworkAddress({ address, prefixLength }: NetworkAddress, typeName: NetworkType): string {
  const text = address.length === 4 ? formatIpv4(address) : formatIpv6(address);
  return typeName === 'inet' && prefixLength === address.length * 8 ? text : `${text}/${prefixLength}`;
}

/** Whether an address has bits to the right of its network's. */
export function hasHostBits(address: Uint8Array, prefixLength: number): boolean {
  return address.some((byte, index) => {
    const networkBits = Math.min(8, Math.max(0, prefixLength - index * 8));
    return (byte & (0xff >> networkBits)) !== 0;
  });
}

function addressBytes(host: string): readonly number[] {
  if (isIPv4(host)) return host.split('.').map(Number);
  const [before = '', after] = host.split('::');
  const head = words(before);
  if (after === undefined) return head;
  const tail = words(after);
  return [...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail];
}

function words(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((word) => {
    if (word.includes('.')) return word.split('.').map(Number);
    const value = Number.parseInt(word, 16);
    return [value >> 8, value & 0xff];
  });
}

import { isIPv4 } from 'node:net';
import { readCidr, readInet, readMacAddress, readMacAddress8 } from '@riffq/arrow-helpers';
import { hasHostBits } from '../parameters/decode-network.js';
import { Unconvertible } from './unconvertible.js';

const ipv4Family = 2;
const ipv6Family = 3;

/** inet and cidr: family, length of the prefix, whether it is a cidr, then the address. */
export function networkToBinary(typeName: 'inet' | 'cidr'): (text: string) => Uint8Array {
  const read = typeName === 'cidr' ? readCidr : readInet;
  return (text) => {
    const network = read(text);
    if (network === undefined) throw new Unconvertible('its text is no address');
    const [host = '', prefix] = network.split('/');
    const address = addressBytes(host);
    const family = address.length === 4 ? ipv4Family : ipv6Family;
    const bits = prefix === undefined ? address.length * 8 : Number(prefix);
    if (typeName === 'cidr' && hasHostBits(Uint8Array.from(address), bits)) {
      throw new Unconvertible("its text has bits to the right of the network's");
    }
    return Uint8Array.of(family, bits, typeName === 'cidr' ? 1 : 0, address.length, ...address);
  };
}

/** macaddr and macaddr8: their six or eight bytes. */
export function macAddressToBinary(length: 6 | 8): (text: string) => Uint8Array {
  const read = length === 6 ? readMacAddress : readMacAddress8;
  return (text) => {
    const address = read(text);
    if (address === undefined) throw new Unconvertible('its text is no hardware address');
    return Buffer.from(address.replaceAll(':', ''), 'hex');
  };
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

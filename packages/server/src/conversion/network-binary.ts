import { isIPv4, isIPv6 } from 'node:net';
import { hasHostBits } from '../parameters/decode-network.js';
import { Unconvertible } from './unconvertible.js';

const ipv4Family = 2;
const ipv6Family = 3;
const macAddress = /^[\da-f]{2}(?::[\da-f]{2})+$/i;

/** inet and cidr: family, length of the prefix, whether it is a cidr, then the address. */
export function networkToBinary(typeName: 'inet' | 'cidr'): (text: string) => Uint8Array {
  return (text) => {
    const [host = '', prefix, ...more] = text.split('/');
    const address = addressBytes(host);
    const family = address.length === 4 ? ipv4Family : ipv6Family;
    const most = address.length * 8;
    const bits = prefix === undefined ? most : Number(prefix);
    if (more.length > 0 || prefix === '' || !(Number.isInteger(bits) && bits >= 0 && bits <= most)) {
      throw new Unconvertible('its text has no number of bits behind the address');
    }
    if (typeName === 'cidr' && hasHostBits(Uint8Array.from(address), bits)) {
      throw new Unconvertible("its text has bits to the right of the network's");
    }
    return Uint8Array.of(family, bits, typeName === 'cidr' ? 1 : 0, address.length, ...address);
  };
}

/** macaddr and macaddr8: their six or eight bytes. */
export function macAddressToBinary(length: 6 | 8): (text: string) => Uint8Array {
  return (text) => {
    const bytes = Buffer.from(text.replaceAll(':', ''), 'hex');
    if (bytes.length !== length || !macAddress.test(text))
      throw new Unconvertible('its text is not six or eight bytes in hexadecimal');
    return bytes;
  };
}

function addressBytes(host: string): readonly number[] {
  if (isIPv4(host)) return host.split('.').map(Number);
  if (!isIPv6(host)) throw new Unconvertible('its text is no address');
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

import { readMacAddress, readMacAddress8 } from '../text-values/mac-address-text.js';
import { type NetworkType, parseNetworkAddress } from './network-address.js';
import { Unconvertible } from './unconvertible.js';

const ipv4Family = 2;
const ipv6Family = 3;

/** inet and cidr: family, length of the prefix, whether it is a cidr, then the address. */
export function networkToBinary(typeName: NetworkType): (text: string) => Uint8Array {
  return (text) => {
    const { address, prefixLength } = parseNetworkAddress(text, typeName);
    const family = address.length === 4 ? ipv4Family : ipv6Family;
    return Uint8Array.of(family, prefixLength, typeName === 'cidr' ? 1 : 0, address.length, ...address);
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

import type { BufferReader } from '@riffq/wire';
import { invalidBinary } from './input-error.js';
import {
  formatNetworkAddress,
  hasHostBits,
  type NetworkAddress,
  type NetworkType,
  parseNetworkAddress,
} from './network-address.js';
import { readByte } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/** PostgreSQL's own numbers of the address families, the same on every system. */
const ipv4Family = 2;
const ipv6Family = 3;

/** inet and cidr: PostgreSQL's text (`10.0.0.0/8`, `::1`), in whatever form the client wrote it. */
export function networkType(typeName: NetworkType): TypeFunctions<NetworkAddress> {
  return {
    input: (input) => parseNetworkAddress(input, typeName),
    output: (value) => formatNetworkAddress(value, typeName),
    receive: (reader) => readNetwork(reader, typeName),
    send({ address, prefixLength }) {
      const family = address.length === 4 ? ipv4Family : ipv6Family;
      return Uint8Array.of(family, prefixLength, typeName === 'cidr' ? 1 : 0, address.length, ...address);
    },
  };
}

function readNetwork(reader: BufferReader, typeName: NetworkType): NetworkAddress {
  const family = readByte(reader);
  if (family !== ipv4Family && family !== ipv6Family) throw invalid('address family', typeName);
  const size = family === ipv4Family ? 4 : 16;
  const prefixLength = readByte(reader);
  if (prefixLength > size * 8) throw invalid('bits', typeName);
  // Whether it is a cidr: the declared type says that, and PostgreSQL does not look either.
  readByte(reader);
  if (readByte(reader) !== size) throw invalid('length', typeName);
  const address = Uint8Array.from({ length: size }, () => readByte(reader));
  if (typeName === 'cidr' && hasHostBits(address, prefixLength)) {
    throw invalidBinary('invalid external "cidr" value', 'Value has bits set to right of mask.');
  }
  return { address, prefixLength };
}

function invalid(part: 'address family' | 'bits' | 'length', typeName: string): Error {
  return invalidBinary(`invalid ${part} in external "${typeName}" value`);
}

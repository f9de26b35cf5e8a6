import type { BufferReader } from '@riffq/wire';
import { formatIpv4, formatIpv6 } from './format-address.js';
import { invalidBinary } from './input-error.js';
import type { ParameterDecoder } from './parameter-decoder.js';
import { readByte } from './read-number.js';

/** PostgreSQL's own numbers of the address families, the same on every system. */
const ipv4Family = 2;
const ipv6Family = 3;

/**
 * inet and cidr: binary becomes PostgreSQL's text (`10.0.0.0/8`, `::1`). Text is passed on as the client wrote it,
 * unchecked.
 */
export function networkDecoder(typeName: 'inet' | 'cidr'): ParameterDecoder {
  return { text: (input) => input, binary: (reader) => readNetwork(reader, typeName) };
}

function readNetwork(reader: BufferReader, typeName: 'inet' | 'cidr'): string {
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
  const text = family === ipv4Family ? formatIpv4(address) : formatIpv6(address);
  return typeName === 'inet' && prefixLength === size * 8 ? text : `${text}/${prefixLength}`;
}

function invalid(part: 'address family' | 'bits' | 'length', typeName: string): Error {
  return invalidBinary(`invalid ${part} in external "${typeName}" value`);
}

/** Whether an address has bits to the right of its network's. */
export function hasHostBits(address: Uint8Array, prefixLength: number): boolean {
  return address.some((byte, index) => {
    const networkBits = Math.min(8, Math.max(0, prefixLength - index * 8));
    return (byte & (0xff >> networkBits)) !== 0;
  });
}

import { readMacAddress, readMacAddress8 } from '../text-values/mac-address-text.js';
import { invalidInput } from './input-error.js';
import { readByte } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/** macaddr: `08:00:2b:01:02:03`, in whatever form the client wrote it. */
export const macaddrType: TypeFunctions<string> = {
  input: checked('macaddr', readMacAddress),
  output: (address) => address,
  send,
  receive: (reader) => format(Array.from({ length: 6 }, () => readByte(reader))),
};

/** macaddr8: the same with eight bytes. Six, a macaddr, are widened as in IPv6 interface identifiers. */
export const macaddr8Type: TypeFunctions<string> = {
  input: checked('macaddr8', readMacAddress8),
  output: (address) => address,
  send,
  receive(reader) {
    const isShort = reader.remaining === 6;
    const vendor = Array.from({ length: 3 }, () => readByte(reader));
    const middle = isShort ? [0xff, 0xfe] : [readByte(reader), readByte(reader)];
    return format([...vendor, ...middle, readByte(reader), readByte(reader), readByte(reader)]);
  },
};

function checked(typeName: string, read: (text: string) => string | undefined): (input: string) => string {
  return (input) => {
    const address = read(input);
    if (address === undefined) throw invalidInput(typeName, input);
    return address;
  };
}

function send(address: string): Uint8Array {
  return Buffer.from(address.replaceAll(':', ''), 'hex');
}

function format(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

import type { ParameterDecoder } from './parameter-decoder.js';
import { readByte } from './read-number.js';

/** macaddr: binary becomes `08:00:2b:01:02:03`. Text is passed on as the client wrote it, unchecked. */
export const macaddrDecoder: ParameterDecoder = {
  text: (input) => input,
  binary: (reader) => format(Array.from({ length: 6 }, () => readByte(reader))),
};

/** macaddr8: the same with eight bytes. Six, a macaddr, are widened as in IPv6 interface identifiers. */
export const macaddr8Decoder: ParameterDecoder = {
  text: (input) => input,
  binary(reader) {
    const isShort = reader.remaining === 6;
    const vendor = Array.from({ length: 3 }, () => readByte(reader));
    const middle = isShort ? [0xff, 0xfe] : [readByte(reader), readByte(reader)];
    return format([...vendor, ...middle, readByte(reader), readByte(reader), readByte(reader)]);
  },
};

function format(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

import { canonicalJsonb } from '../text-values/jsonb-text.js';
import { bitStringType } from './bit-string-type.js';
import { booleanType } from './boolean-type.js';
import { byteaType } from './bytea-type.js';
import { charType } from './char-type.js';
import { defaultTextSettings, type TypeFunctions } from './type-functions.js';
import { uuidType } from './uuid-type.js';

type NumberWriter = (bytes: Buffer, value: number) => void;

export const writeInt16: NumberWriter = (bytes, value) => bytes.writeInt16BE(value);
export const writeInt32: NumberWriter = (bytes, value) => bytes.writeInt32BE(value);
export const writeUint32: NumberWriter = (bytes, value) => bytes.writeUInt32BE(value);
export const writeFloat32: NumberWriter = (bytes, value) => bytes.writeFloatBE(value);
export const writeFloat64: NumberWriter = (bytes, value) => bytes.writeDoubleBE(value);

/** Numbers of a fixed size; `read` is the type's own input function. */
export function numberToBinary(read: TypeFunctions, size: number, write: NumberWriter): (text: string) => Uint8Array {
  return (text) => {
    const bytes = Buffer.alloc(size);
    write(bytes, Number(read.text(text, defaultTextSettings)));
    return bytes;
  };
}

/** int8 and xid8; `read` is the type's own input function. */
export function bigintToBinary(read: TypeFunctions): (text: string) => Uint8Array {
  return (text) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(String(read.text(text, defaultTextSettings)))));
    return bytes;
  };
}

export function booleanToBinary(text: string): Uint8Array {
  return Uint8Array.of(booleanType.text(text, defaultTextSettings) === true ? 1 : 0);
}

/** "char": its one byte. */
export function charToBinary(text: string): Uint8Array {
  const character = String(charType.text(text, defaultTextSettings));
  if (character.startsWith('\\') && character.length > 1) return Uint8Array.of(Number.parseInt(character.slice(1), 8));
  return Uint8Array.of(character === '' ? 0 : character.charCodeAt(0));
}

export function byteaToBinary(text: string): Uint8Array {
  const bytes = byteaType.text(text, defaultTextSettings);
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
}

export function uuidToBinary(text: string): Uint8Array {
  return Buffer.from(String(uuidType.text(text, defaultTextSettings)).replaceAll('-', ''), 'hex');
}

/** jsonb: a version, then its text. */
export function jsonbToBinary(text: string): Uint8Array {
  return Buffer.concat([Uint8Array.of(1), Buffer.from(canonicalJsonb(text))]);
}

/** bit and varbit: how many bits, then the bits from the highest one of each byte on. */
export function bitStringToBinary(input: string): Uint8Array {
  const text = String(bitStringType.text(input, defaultTextSettings));
  const bytes = Buffer.alloc(4 + Math.ceil(text.length / 8));
  bytes.writeInt32BE(text.length);
  for (let at = 0; at < text.length; at += 8) {
    bytes[4 + at / 8] = Number.parseInt(text.slice(at, at + 8).padEnd(8, '0'), 2);
  }
  return bytes;
}

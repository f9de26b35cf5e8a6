import { decodeArrayText } from '../array-input/decode-array-text.js';
import type { PostgresValue } from './postgres-value.js';

/** An array as array_send writes it, out of its text. */
export function arrayToBinary(
  text: string,
  elementOid: number,
  delimiter: string,
  elementToBinary: (text: string) => Uint8Array,
): Uint8Array {
  const values = decodeArrayText(text, delimiter, elementToBinary);
  return encode(values, lowerBounds(text), elementOid);
}

/** int2vector and oidvector: arrays of one dimension that count from 0. */
export function vectorToBinary(
  text: string,
  elementOid: number,
  elementToBinary: (text: string) => Uint8Array,
): Uint8Array {
  const values = text === '' ? [] : text.split(' ').map(elementToBinary);
  return encode(values, [0], elementOid, [values.length]);
}

/** Of `[2:3][0:1]={...}`; what is not announced counts from 1. */
function lowerBounds(text: string): readonly number[] {
  const announced = /^\s*((?:\[[^\]]*\])+)\s*=/.exec(text)?.[1] ?? '';
  return [...announced.matchAll(/\[([+-]?\d+):/g)].map(([, bound]) => Number(bound));
}

function encode(
  values: readonly PostgresValue[],
  bounds: readonly number[],
  elementOid: number,
  lengths: readonly number[] = lengthsOf(values),
): Uint8Array {
  const elements = lengths.slice(1).reduce<readonly PostgresValue[]>((level) => level.flatMap(items), values);
  const header = Buffer.alloc(12 + 8 * lengths.length);
  header.writeInt32BE(lengths.length);
  header.writeInt32BE(elements.includes(null) ? 1 : 0, 4);
  header.writeUInt32BE(elementOid, 8);
  for (const [at, length] of lengths.entries()) {
    header.writeInt32BE(length, 12 + 8 * at);
    header.writeInt32BE(bounds[at] ?? 1, 16 + 8 * at);
  }
  return Buffer.concat([header, ...elements.flatMap(withLength)]);
}

function lengthsOf(values: readonly PostgresValue[]): readonly number[] {
  const lengths: number[] = [];
  for (let level: PostgresValue = values; Array.isArray(level) && level.length > 0; level = level[0] ?? null) {
    lengths.push(level.length);
  }
  return lengths;
}

function items(value: PostgresValue): readonly PostgresValue[] {
  return Array.isArray(value) ? value : [];
}

function withLength(value: PostgresValue): readonly Uint8Array[] {
  const length = Buffer.alloc(4);
  if (!(value instanceof Uint8Array)) {
    length.writeInt32BE(-1);
    return [length];
  }
  length.writeInt32BE(value.length);
  return [length, value];
}

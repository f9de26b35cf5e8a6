import type { BufferReader } from '@riffq/wire';
import { type BinaryArray, decodeArrayBinary } from '../array-input/decode-array-binary.js';
import { isSpace } from '../array-input/scan-text.js';
import type { PostgresValue } from './postgres-value.js';

/** An array as array_out writes it, out of its binary form. */
export function arrayToText(
  reader: BufferReader,
  elementOid: number,
  delimiter: string,
  elementToText: (reader: BufferReader) => string,
): string {
  const { dimensions, values }: BinaryArray<string> = decodeArrayBinary(reader, elementOid, elementToText);
  if (dimensions.length === 0 || dimensions.some(({ length }) => length === 0)) return '{}';
  const bounds = dimensions.map(({ lowerBound, length }) => `[${lowerBound}:${lowerBound + length - 1}]`).join('');
  const announced = dimensions.some(({ lowerBound }) => lowerBound !== 1) ? `${bounds}=` : '';
  return announced + format(values, delimiter);
}

/** int2vector and oidvector: numbers with spaces between them. */
export function vectorToText(
  reader: BufferReader,
  elementOid: number,
  elementToText: (reader: BufferReader) => string,
): string {
  return decodeArrayBinary(reader, elementOid, elementToText).values.join(' ');
}

function format(value: PostgresValue, delimiter: string): string {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return `{${value.map((element) => format(element, delimiter)).join(delimiter)}}`;
  const text = String(value);
  return needsQuotes(text, delimiter) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

function needsQuotes(text: string, delimiter: string): boolean {
  if (text === '' || /^null$/i.test(text)) return true;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ('"\\{}'.includes(character) || character === delimiter || isSpace(text.charCodeAt(at))) return true;
  }
  return false;
}

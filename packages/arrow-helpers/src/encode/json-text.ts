import { sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { UnsendableValue } from '../unsendable-value.js';
import { checkText, isTextColumn } from './check-text.js';
import { CheckedTextWriter } from './checked-text.js';
import { everyValue } from './every-value.js';
import { checkedEncoding, type ValueEncoding } from './value-encoding.js';

/** Strings that have to be JSON. */
export function jsonTextEncoding(text: ValueEncoding): ValueEncoding {
  return checkedEncoding(text, {
    passes: (data) => isTextColumn(data) && everyValue(data, isJson),
    writer: (data: Data) => new CheckedTextWriter(data, text, checkJson),
  });
}

function isJson(bytes: Uint8Array, start: number, end: number): boolean {
  return parses(jsonText(bytes, start, end));
}

/** JSON's own signs are ASCII, and what is between its quotes does not matter here. */
function jsonText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkJson(bytes: Uint8Array, start: number, end: number): void {
  checkText(bytes, start, end);
  if (!isJson(bytes, start, end)) throw invalidJson();
}

function invalidJson(): UnsendableValue {
  const message = 'invalid input syntax for type json';
  return new UnsendableValue(sqlstate.invalid_text_representation, message, "The column's strings must be JSON.");
}

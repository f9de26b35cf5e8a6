import { sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { checkText, isTextColumn } from './check-text.js';
import { CheckedTextWriter } from './checked-text.js';
import { everyValue } from './every-value.js';
import { UnsendableValue } from './unsendable-value.js';
import { checkedEncoding, type ValueEncoding } from './value-encoding.js';

/** NUL, which jsonb has no text for: after an even number of backslashes. */
const NUL_ESCAPE = /(?<!\\)(?:\\\\)*\\u0000/;

/** Strings that have to be JSON. */
export function jsonTextEncoding(text: ValueEncoding): ValueEncoding {
  return checkedEncoding(text, {
    passes: (data) => isTextColumn(data) && everyValue(data, isJson),
    writer: (data: Data) => new CheckedTextWriter(data, text, checkJson),
  });
}

/** Strings that have to be what jsonb takes. */
export function jsonbTextEncoding(text: ValueEncoding): ValueEncoding {
  return checkedEncoding(text, {
    passes: (data) => isTextColumn(data) && everyValue(data, isJsonb),
    writer: (data: Data) => new CheckedTextWriter(data, text, checkJsonb),
  });
}

function isJson(bytes: Uint8Array, start: number, end: number): boolean {
  return parses(jsonText(bytes, start, end));
}

function isJsonb(bytes: Uint8Array, start: number, end: number): boolean {
  const text = jsonText(bytes, start, end);
  return !NUL_ESCAPE.test(text) && parses(text);
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

function checkJsonb(bytes: Uint8Array, start: number, end: number): void {
  checkText(bytes, start, end);
  if (NUL_ESCAPE.test(jsonText(bytes, start, end))) {
    const hint = 'jsonb has no NUL: declare the column as json.';
    throw new UnsendableValue(sqlstate.untranslatable_character, 'unsupported Unicode escape sequence', hint);
  }
  if (!isJson(bytes, start, end)) throw invalidJson();
}

function invalidJson(): UnsendableValue {
  const message = 'invalid input syntax for type json';
  return new UnsendableValue(sqlstate.invalid_text_representation, message, "The column's strings must be JSON.");
}

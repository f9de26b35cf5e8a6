import { type BufferReader, elementTypeOid } from '@riffq/wire';
import { arrayDelimiter } from '../array-input/array-delimiter.js';
import { decodeArrayBinary } from '../array-input/decode-array-binary.js';
import { decodeArrayText } from '../array-input/decode-array-text.js';
import { functionsOfType } from './functions-of-type.js';
import { javaScriptValue } from './javascript-value.js';
import type { PostgresValue } from './postgres-value.js';
import type { TextSettings } from './type-functions.js';

/**
 * The value that a text is; that of a type which is not known stays as it is, as do an array's elements.
 *
 * @throws PgError for text that is no value of the type, with PostgreSQL's words
 */
export function decodeText(typeOid: number, text: string, settings: TextSettings): PostgresValue {
  const functions = functionsOfType(typeOid);
  if (functions === undefined) {
    const elementOid = elementTypeOid(typeOid);
    return elementOid === undefined ? text : decodeArrayText(text, arrayDelimiter(elementOid), String);
  }
  return javaScriptValue(functions, functions.input(text, settings));
}

/**
 * The value that the type's binary form is; of a type which is not known those bytes, in memory of their own. What is left
 * unread is an error of the caller's.
 *
 * @throws PgError for bytes that are no value of the type, with PostgreSQL's words
 */
export function decodeBinary(typeOid: number, reader: BufferReader): PostgresValue {
  const functions = functionsOfType(typeOid);
  if (functions !== undefined) return javaScriptValue(functions, functions.receive(reader));
  const elementOid = elementTypeOid(typeOid);
  return elementOid === undefined ? ownBytes(reader) : decodeArrayBinary(reader, elementOid, ownBytes).values;
}

function ownBytes(reader: BufferReader): Uint8Array {
  return new Uint8Array(reader.rest());
}

/** Whether what text means is known in full only by the server itself: by its locale, its abbreviations of zones. */
export function isLocalType(typeOid: number): boolean {
  return functionsOfType(typeOid)?.isLocal === true;
}

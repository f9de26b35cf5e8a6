import type { BufferReader } from '@riffq/wire';
import { functionsOfType } from './functions-of-type.js';
import type { PostgresValue } from './postgres-value.js';
import type { TextSettings } from './type-functions.js';
import { valueOf } from './value-of.js';

/**
 * The value that a text is; that of a type which is not known stays as it is.
 *
 * @throws PgError for text that is no value of the type, with PostgreSQL's words
 */
export function decodeText(typeOid: number, text: string, settings: TextSettings): PostgresValue {
  const functions = functionsOfType(typeOid);
  if (functions === undefined || functions.isVerbatim) return text;
  return valueOf(functions, functions.input(text, settings));
}

/**
 * The value that the type's binary form is; of a type which is not known those bytes, in memory of their own. What is left
 * unread is an error of the caller's.
 *
 * @throws PgError for bytes that are no value of the type, with PostgreSQL's words
 */
export function decodeBinary(typeOid: number, reader: BufferReader): PostgresValue {
  const functions = functionsOfType(typeOid);
  return functions === undefined ? new Uint8Array(reader.rest()) : valueOf(functions, functions.receive(reader));
}

/** Whether what text means is known in full only by the server itself: by its locale, its abbreviations of zones. */
export function isLocalType(typeOid: number): boolean {
  return functionsOfType(typeOid)?.isLocal === true;
}

import { isPgError, sqlstate } from '@riffq/wire';
import { canonicalJsonb } from '../text-values/jsonb-text.js';
import { UnsendableValue } from '../unsendable-value.js';
import { JsonDocumentWriter } from './json-document.js';
import type { JsonEncoding } from './json-part.js';
import { TextAsWriter } from './text-as.js';
import { type ValueEncoding, varyingWriting } from './value-encoding.js';

/** The version of the format that jsonb_send writes in front of the text. */
const JSONB_VERSION = '\u0001';

/** Values of any type in the text of jsonb. */
export function jsonbTextEncoding(json: JsonEncoding): ValueEncoding {
  return written(json, '');
}

/** Values of any type in jsonb's binary form. */
export function jsonbBinaryEncoding(json: JsonEncoding): ValueEncoding {
  return written(json, JSONB_VERSION);
}

function written(json: JsonEncoding, prefix: string): ValueEncoding {
  const document = json.style === 'json' ? json.encoding : varyingWriting((data) => new JsonDocumentWriter(data, json));
  const convert = (text: string) => Buffer.from(prefix + toJsonb(text), 'utf8');
  return varyingWriting((data) => new TextAsWriter(data, document, convert, sqlstate.invalid_text_representation));
}

/**
 * JSON as jsonb prints it.
 *
 * @throws UnsendableValue for what jsonb does not take
 */
export function toJsonb(text: string): string {
  try {
    return canonicalJsonb(text);
  } catch (error) {
    if (!isPgError(error)) throw error;
    throw new UnsendableValue(error.sqlstate, error.message, hintAbout(error.sqlstate), error.fields.detail);
  }
}

function hintAbout(state: string): string {
  if (state === sqlstate.untranslatable_character) return 'jsonb has no NUL: declare the column as json.';
  if (state === sqlstate.invalid_text_representation) return "The column's strings must be JSON.";
  return 'PostgreSQL has no such jsonb: declare the column as json.';
}

import { isPgError, sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { isCanonicalJsonb } from '../text-values/canonical-jsonb.js';
import { canonicalJsonb, jsonbBytes } from '../text-values/jsonb-text.js';
import { UnsendableValue } from '../unsendable-value.js';
import { isTextColumn } from './check-text.js';
import { everyValue } from './every-value.js';
import { JsonDocumentWriter } from './json-document.js';
import { type JsonEncoding, JsonPart } from './json-part.js';
import { TextAsWriter } from './text-as.js';
import { checkedEncoding, type ValueEncoding, varyingWriting } from './value-encoding.js';
import { valueKind } from './value-kind.js';
import type { ValueWriter } from './value-writer.js';

/** The version of the format that jsonb_send writes in front of the text. */
const JSONB_VERSION = 1;

/** Values of any type in the text of jsonb; a column of strings that all are that already is left as it is. */
export function jsonbTextEncoding(json: JsonEncoding): ValueEncoding {
  const isJson = json.style === 'json';
  const document = isJson ? json.encoding : varyingWriting((data) => new JsonDocumentWriter(data, json));
  const convert = (text: string) => Buffer.from(toJsonb(text), 'utf8');
  const state = sqlstate.invalid_text_representation;
  const writer = (data: Data) => new TextAsWriter(data, document, convert, state, jsonbBytes);
  if (!isJson || document.kind === valueKind.written) return varyingWriting(writer);
  return checkedEncoding(document, {
    passes: (data) => isTextColumn(data) && everyValue(data, isCanonicalJsonb),
    writer,
  });
}

/** The binary form of jsonb out of its text. */
export function jsonbBinaryEncoding(text: ValueEncoding): ValueEncoding {
  return varyingWriting((data) => new JsonbBinaryWriter(data, text));
}

/** Writes jsonb's version and its text. */
class JsonbBinaryWriter implements ValueWriter {
  readonly #text: JsonPart;

  constructor(data: Data, encoding: ValueEncoding) {
    // As JSON that is there already, which is: as it is.
    this.#text = new JsonPart(data, { encoding, style: 'json' });
  }

  bound(first: number, end: number): number {
    return this.#text.bound(first, end) + end - first;
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    target[position] = JSONB_VERSION;
    return this.#text.write(index, target, view, position + 1);
  }
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

import type { Data } from 'apache-arrow';
import { type JsonEncoding, JsonPart } from './json-part.js';
import type { ValueWriter } from './value-writer.js';

/** The version of the format that jsonb_send writes in front of the text. */
const JSONB_VERSION = Uint8Array.of(1);
const nothing = new Uint8Array(0);

/** Values of any type as JSON, or as jsonb's binary form. */
export class JsonDocumentWriter implements ValueWriter {
  readonly #json: JsonPart;
  readonly #prefix: Uint8Array;

  constructor(data: Data, encoding: JsonEncoding, jsonbBinary: boolean) {
    this.#json = new JsonPart(data, encoding);
    this.#prefix = jsonbBinary ? JSONB_VERSION : nothing;
  }

  bound(first: number, end: number): number {
    return this.#prefix.length * (end - first) + this.#json.bound(first, end);
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    target.set(this.#prefix, position);
    return this.#json.write(index, target, view, position + this.#prefix.length);
  }
}

import type { Data } from 'apache-arrow';
import { type JsonEncoding, JsonPart } from './json-part.js';
import type { ValueWriter } from './value-writer.js';

/** Values of any type as JSON. */
export class JsonDocumentWriter implements ValueWriter {
  readonly #json: JsonPart;

  constructor(data: Data, encoding: JsonEncoding) {
    this.#json = new JsonPart(data, encoding);
  }

  bound(first: number, end: number): number {
    return this.#json.bound(first, end);
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    return this.#json.write(index, target, view, position);
  }
}

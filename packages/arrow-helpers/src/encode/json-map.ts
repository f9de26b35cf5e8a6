import type { Data } from 'apache-arrow';
import { type JsonEncoding, JsonPart } from './json-part.js';
import { type ListLayout, listLayout } from './list-layout.js';
import type { ValueWriter } from './value-writer.js';

/** Maps as JSON objects, in the map's order and with every key that it has: `{"a":1,"b":2}`. */
export class JsonMapWriter implements ValueWriter {
  readonly #layout: ListLayout;
  readonly #keys: JsonPart;
  readonly #values: JsonPart;

  /** @param key - with the style `string` */
  constructor(data: Data, key: JsonEncoding, value: JsonEncoding) {
    this.#layout = listLayout(data);
    const entries: Data = data.children[0]!;
    this.#keys = new JsonPart(entries.children[0]!, key);
    this.#values = new JsonPart(entries.children[1]!, value);
  }

  bound(first: number, end: number): number {
    const from = this.#layout.start(first);
    const to = this.#layout.start(end);
    // Braces; a colon and a comma for each entry.
    return 2 * (end - first) + 2 * (to - from) + this.#keys.bound(from, to) + this.#values.bound(from, to);
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    let end = position;
    target[end++] = 0x7b;
    const first = this.#layout.start(index);
    const last = this.#layout.start(index + 1);
    for (let entry = first; entry < last; entry++) {
      if (entry > first) target[end++] = 0x2c;
      end = this.#keys.write(entry, target, view, end);
      target[end++] = 0x3a;
      end = this.#values.write(entry, target, view, end);
    }
    target[end] = 0x7d;
    return end + 1;
  }
}

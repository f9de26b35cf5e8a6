import type { Data } from 'apache-arrow';
import { type JsonEncoding, JsonPart } from './json-part.js';
import { type ListLayout, listLayout } from './list-layout.js';
import type { ValueWriter } from './value-writer.js';

const COMMA = 0x2c;

/** Lists within JSON: `[1,null,3]`. They may be ragged, which arrays may not. */
export class JsonListWriter implements ValueWriter {
  readonly #layout: ListLayout;
  readonly #elements: JsonPart;

  constructor(data: Data, element: JsonEncoding) {
    this.#layout = listLayout(data);
    this.#elements = new JsonPart(data.children[0]!, element);
  }

  bound(first: number, end: number): number {
    const from = this.#layout.start(first);
    const to = this.#layout.start(end);
    // Brackets, and a comma after each element.
    return 2 * (end - first) + (to - from) + this.#elements.bound(from, to);
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    let end = position;
    target[end++] = 0x5b;
    const first = this.#layout.start(index);
    const last = this.#layout.start(index + 1);
    for (let element = first; element < last; element++) {
      if (element > first) target[end++] = COMMA;
      end = this.#elements.write(element, target, view, end);
    }
    target[end] = 0x5d;
    return end + 1;
  }
}

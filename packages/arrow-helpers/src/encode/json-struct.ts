import type { Data } from 'apache-arrow';
import { type JsonEncoding, JsonPart } from './json-part.js';
import type { ValueWriter } from './value-writer.js';

/** A field of a struct, or an alternative of a union. */
export interface JsonMember {
  readonly name: string;
  readonly encoding: JsonEncoding;
}

/** A member's name as it stands before its value: `"name":`. */
export function jsonKey(name: string): Uint8Array {
  return Uint8Array.from(Buffer.from(`${JSON.stringify(name)}:`, 'utf8'));
}

/** Structs as to_json writes rows: `{"a":1,"b":null}`. */
export class JsonStructWriter implements ValueWriter {
  readonly #members: readonly { readonly key: Uint8Array; readonly values: JsonPart }[];
  readonly #keyBytes: number;

  constructor(data: Data, members: readonly JsonMember[]) {
    this.#members = members.map(({ name, encoding }, index) => ({
      key: jsonKey(name),
      values: new JsonPart(data.children[index]!, encoding),
    }));
    this.#keyBytes = this.#members.reduce((sum, { key }) => sum + key.length + 1, 2);
  }

  bound(first: number, end: number): number {
    let bytes = this.#keyBytes * (end - first);
    for (const { values } of this.#members) bytes += values.bound(first, end);
    return bytes;
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    let end = position;
    target[end++] = 0x7b;
    for (const { key, values } of this.#members) {
      if (end > position + 1) target[end++] = 0x2c;
      target.set(key, end);
      end = values.write(index, target, view, end + key.length);
    }
    target[end] = 0x7d;
    return end + 1;
  }
}

import { sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { UnsendableValue } from '../unsendable-value.js';
import { JsonPart } from './json-part.js';
import { type JsonMember, jsonKey } from './json-struct.js';
import { unionChild } from './union-validity.js';
import type { ValueWriter } from './value-writer.js';

/** Unions as JSON objects of one member, so that it is seen which alternative a value is: `{"number":1}`. */
export class JsonUnionWriter implements ValueWriter {
  readonly #data: Data;
  readonly #members: readonly { readonly key: Uint8Array; readonly values: JsonPart }[];

  constructor(data: Data, members: readonly JsonMember[]) {
    this.#data = data;
    this.#members = members.map(({ name, encoding }, index) => ({
      key: jsonKey(name),
      values: new JsonPart(data.children[index]!, encoding),
    }));
  }

  bound(first: number, end: number): number {
    let bytes = 0;
    const last = Math.min(end, this.#data.length);
    for (let row = first; row < last; row++) {
      const { child, index } = unionChild(this.#data, row);
      const member = this.#members[child];
      if (member !== undefined) bytes += 2 + member.key.length + member.values.bound(index, index + 1);
    }
    return bytes;
  }

  write(row: number, target: Uint8Array, view: DataView, position: number): number {
    const { child, index } = unionChild(this.#data, row);
    const member = this.#members[child];
    if (member === undefined) throw unknownAlternative();
    target[position] = 0x7b;
    target.set(member.key, position + 1);
    const end = member.values.write(index, target, view, position + 1 + member.key.length);
    target[end] = 0x7d;
    return end + 1;
  }
}

function unknownAlternative(): UnsendableValue {
  const hint = 'The type id of a value must be one of the type ids of its union.';
  return new UnsendableValue(sqlstate.data_corrupted, 'union with an unknown type id', hint);
}

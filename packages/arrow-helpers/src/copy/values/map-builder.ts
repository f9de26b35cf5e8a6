import type { Map_ } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { Struct } from 'apache-arrow/type';
import type { JsonValue } from '../../text-values/json-value.js';
import type { ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { JsonBuilder } from './json-builder.js';

/** Maps out of JSON objects, in their order. */
export class MapBuilder extends JsonBuilder {
  readonly #entries: Struct;
  #offsets = new Int32Array(1);

  constructor(
    type: Map_,
    private readonly keys: ColumnBuilder,
    private readonly values: ColumnBuilder,
    isJsonb: boolean,
  ) {
    super(type, isJsonb);
    this.#entries = new Struct(type.children[0]?.type.children ?? []);
  }

  override setNull(row: number): void {
    super.setNull(row);
    this.#offsets[row + 1] = this.#offsets[row]!;
  }

  override setJson(row: number, value: JsonValue): void {
    if (value.kind !== 'object') throw this.wrongJson(value);
    let at = this.#offsets[row]!;
    for (const member of value.members) {
      for (const builder of [this.keys, this.values]) {
        builder.reserve(at);
        builder.clear(at);
      }
      this.keys.setJson(at, { kind: 'scalar', source: JSON.stringify(member.name), text: member.name });
      this.values.setJsonOrNull(at, member.value);
      at++;
    }
    this.#offsets[row + 1] = at;
  }

  protected resize(rows: number): void {
    const offsets = new Int32Array(rows + 1);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
  }

  protected take(rows: number): ColumnBuffers {
    const offsets = this.#offsets.subarray(0, rows + 1);
    const count = offsets[rows] ?? 0;
    this.#offsets = new Int32Array(1);
    const columns = [this.keys.finish(count), this.values.finish(count)];
    return { offsets, children: [new Data(this.#entries, 0, count, 0, undefined, columns)] };
  }
}

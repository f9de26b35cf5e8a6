import type { Union } from 'apache-arrow';
import { UnionMode } from 'apache-arrow/enum';
import type { JsonValue } from '../../text-values/json-value.js';
import type { ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { JsonBuilder } from './json-builder.js';

/** Unions out of JSON objects of one member, which is named for the alternative. */
export class UnionBuilder extends JsonBuilder {
  readonly #alternatives: readonly ColumnBuilder[];
  readonly #names: readonly string[];
  readonly #ids: readonly number[];
  readonly #isDense: boolean;
  #typeIds = new Int8Array(0);
  #offsets = new Int32Array(0);
  /** Values of each alternative in a dense union, up to the row that was written last. */
  #lengths: number[];

  constructor(type: Union, alternatives: readonly ColumnBuilder[], isJsonb: boolean) {
    super(type, isJsonb);
    this.#alternatives = alternatives;
    this.#names = type.children.map(({ name }) => name);
    this.#ids = Array.from(type.typeIds);
    this.#isDense = type.mode === UnionMode.Dense;
    this.#lengths = alternatives.map(() => 0);
  }

  /** A union has no NULL but those of its alternatives: the first one's. */
  override setNull(row: number): void {
    super.setNull(row);
    this.#set(row, 0, { kind: 'null', source: 'null' });
  }

  override setJson(row: number, value: JsonValue): void {
    const [member, ...more] = value.kind === 'object' ? value.members : [];
    const child = member === undefined ? -1 : this.#names.indexOf(member.name);
    if (member === undefined || more.length > 0 || child < 0) throw this.wrongJson(value);
    this.#set(row, child, member.value);
    if (member.value.kind === 'null') super.setNull(row);
  }

  protected resize(rows: number): void {
    const typeIds = new Int8Array(rows);
    typeIds.set(this.#typeIds);
    this.#typeIds = typeIds;
    const offsets = new Int32Array(rows);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
  }

  protected take(rows: number): ColumnBuffers {
    const children = this.#alternatives.map((builder, child) =>
      builder.finish(this.#isDense ? this.#lengths[child]! : rows),
    );
    const typeIds = this.#typeIds.subarray(0, rows);
    const offsets = this.#offsets.subarray(0, rows);
    this.#typeIds = new Int8Array(0);
    this.#offsets = new Int32Array(0);
    this.#lengths = this.#lengths.map(() => 0);
    return { typeIds, children, ...(this.#isDense ? { offsets } : {}) };
  }

  #set(row: number, child: number, value: JsonValue): void {
    this.#typeIds[row] = this.#ids[child]!;
    for (const [index, builder] of this.#alternatives.entries()) {
      const isChosen = index === child;
      if (this.#isDense && !isChosen) continue;
      const at = this.#isDense ? this.#lengths[child]! : row;
      builder.reserve(at);
      builder.clear(at);
      if (isChosen) builder.setJsonOrNull(at, value);
      else builder.setNull(at);
    }
    if (!this.#isDense) return;
    this.#offsets[row] = this.#lengths[child]!;
    this.#lengths[child]! += 1;
  }
}

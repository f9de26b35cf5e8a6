import { PgError, sqlstate } from '@riffq/wire';
import type { Struct } from 'apache-arrow';
import type { JsonValue } from '../../text-values/json-value.js';
import type { ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { JsonBuilder } from './json-builder.js';

/** Structs out of JSON objects. A member that is missing is NULL; one that the struct does not have is an error. */
export class StructBuilder extends JsonBuilder {
  readonly #fields: ReadonlyMap<string, ColumnBuilder>;

  /** @param fields - the builders of the fields, in order */
  constructor(type: Struct, fields: readonly ColumnBuilder[], isJsonb: boolean) {
    super(type, isJsonb);
    this.#fields = new Map(type.children.map(({ name }, index) => [name, fields[index]!]));
  }

  override setNull(row: number): void {
    super.setNull(row);
    for (const field of this.#fields.values()) field.reserve(row);
    for (const field of this.#fields.values()) field.setNull(row);
  }

  override setJson(row: number, value: JsonValue): void {
    if (value.kind !== 'object') throw this.wrongJson(value);
    for (const field of this.#fields.values()) {
      field.reserve(row);
      field.clear(row);
      field.setNull(row);
    }
    for (const member of value.members) {
      const field = this.#fields.get(member.name);
      if (field === undefined) throw unknownMember(member.name);
      field.clear(row);
      field.setJsonOrNull(row, member.value);
    }
  }

  protected resize(): void {}

  protected take(rows: number): ColumnBuffers {
    return { children: [...this.#fields.values()].map((field) => field.finish(rows)) };
  }
}

function unknownMember(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_text_representation,
    message: `the column's type has no member "${name}"`,
  });
}

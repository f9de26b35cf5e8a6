import { PgError, sqlstate, typeSize } from '@riffq/wire';
import type { Field } from 'apache-arrow';
import { type TypedField, tableColumn } from './field-metadata.js';
import { defaultTypeOptions, type TypeOptions } from './type-options.js';
import { type ValueType, valueType } from './value-type.js';

/** The PostgreSQL type of a column, as RowDescription tells it. */
export interface ColumnType {
  readonly typeOid: number;
  /** Bytes of a value, -1 if that varies (pg_type.typlen). */
  readonly typeSize: number;
  /** Precision and scale of numeric; -1 for none. */
  readonly typeModifier: number;
  /** The table that the column is of, 0 for none. */
  readonly tableOid: number;
  /** Its number there, 0 for none. */
  readonly columnNumber: number;
}

/**
 * The PostgreSQL type that an Arrow column is shown as: Int8, UInt8 and Int16 are int2; UInt16 and Int32 int4; UInt32 and
 * Int64 int8; UInt64 numeric; strings varchar; binary bytea; a timestamp with a zone timestamptz; durations and intervals
 * interval; lists arrays; structs, maps and unions json; a dictionary what its values are. The extension types `arrow.uuid`
 * and `arrow.json` are uuid and json. A field's metadata can say otherwise: `PG:type` or `PG:oid`, `PG:typmod`, and
 * `PG:table_oid` and `PG:column_number` for where the column comes from.
 *
 * @throws PgError 0A000 for an Arrow type that has no encoder, 42846 for one that cannot be sent as the declared type,
 * naming column and type
 */
export function columnType(field: Field): ColumnType {
  const { typeOid, typeModifier } = supportedValueType(field);
  return { typeOid, typeSize: typeSize(typeOid), typeModifier, ...tableColumn(field) };
}

/** {@link valueType}, or the error that the client gets. */
export function supportedValueType(field: TypedField, options: TypeOptions = defaultTypeOptions): ValueType {
  const found = valueType(field, options);
  if (found !== undefined) return found;
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `column "${field.name}" has the Arrow type ${field.type}, which cannot be sent`,
    hint: 'Cast the column to a type that PostgreSQL has.',
  });
}

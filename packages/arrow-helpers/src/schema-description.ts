import type { DataType, RecordBatch, Schema } from 'apache-arrow';

/**
 * The name of a column type that {@link toArrow} knows: int is int8, float is float8, str and string are varchar, datetime is
 * timestamp; all others are PostgreSQL's (`numeric(10,2)`) or, where PostgreSQL has none, Arrow's (`list<int32>`).
 */
export type TypeName = 'int' | 'float' | 'bool' | 'str' | 'string' | 'date' | 'datetime' | (string & {});

/** Name and type of a column of plain rows. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: TypeName | DataType;
}

/** The columns of plain rows, in order; two may have the same name. */
export type SchemaDescription = readonly ColumnDescription[];

/** A result that is made while it is sent: its schema is known before the first batch. */
export interface ArrowStream {
  readonly schema: Schema;
  readonly batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>;
}

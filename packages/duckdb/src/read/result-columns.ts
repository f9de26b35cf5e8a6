import type { DuckDBType } from '@duckdb/node-api';
import { Field, Schema } from 'apache-arrow/schema';
import { type ColumnReader, columnReader } from './column-reader.js';

/** A result's columns: their Arrow schema, and what reads them. */
export interface ResultColumns {
  readonly schema: Schema;
  readonly readers: readonly ColumnReader[];
}

/** What a result and a prepared statement both say of their columns. */
export interface ColumnSource {
  readonly columnCount: number;
  columnName(column: number): string;
  columnType(column: number): DuckDBType;
}

/**
 * Decides once per result how its columns are read. DuckDB never promises that a column has no NULLs.
 *
 * @param shownName - a column's name as the client is told it
 */
export function resultColumns(source: ColumnSource, shownName: (name: string) => string): ResultColumns {
  const columns = Array.from({ length: source.columnCount }, (_, column) => ({
    name: shownName(source.columnName(column)),
    reader: columnReader(source.columnType(column)),
  }));
  return {
    schema: new Schema(columns.map(({ name, reader }) => new Field(name, reader.type, true, reader.metadata))),
    readers: columns.map(({ reader }) => reader),
  };
}

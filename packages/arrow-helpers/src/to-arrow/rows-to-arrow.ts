import { Table } from 'apache-arrow/table';
import type { ArrowStream } from '../schema-description.js';
import { BatchBuilder } from './batch-builder.js';
import { asyncBatchesOf, type BatchOptions, Bounds, batchesOf } from './batches.js';
import { type Column, columnsOf } from './columns.js';
import { invalidInput } from './invalid-input.js';
import { isAsyncIterable, isIterable } from './is-iterable.js';

/** What `toArrow` does of a schema and rows, which callers without types may have mistaken. */
export function rowsToArrow(description: unknown, rows: unknown, options?: BatchOptions): Table | ArrowStream {
  const columns = columnsOf(description);
  if (isAsyncIterable(rows)) {
    const [builder, bounds] = [new BatchBuilder(columns), new Bounds(options)];
    return { schema: builder.schema, batches: asyncBatchesOf(rows, builder, bounds) };
  }
  if (!isIterable(rows)) {
    throw invalidInput(`rows must be an iterable of rows, not ${rows === null ? 'null' : `a ${typeof rows}`}`);
  }
  if (options === undefined) return tableOf(columns, rows);
  const [builder, bounds] = [new BatchBuilder(columns), new Bounds(options)];
  return { schema: builder.schema, batches: batchesOf(rows, builder, bounds) };
}

/** A table of one batch. */
export function tableOf(columns: readonly Column[], rows: Iterable<unknown>): Table {
  const looksAhead = columns.some(({ cells }) => cells.dimensionedAs !== undefined);
  const all: readonly unknown[] | undefined = looksAhead ? [...rows] : undefined;
  const builder = new BatchBuilder(
    all === undefined ? columns : columns.map((column, at) => ofDimensions(column, at, all)),
  );
  for (const row of all ?? rows) builder.add(row);
  return new Table(builder.schema, [builder.take()]);
}

/** PostgreSQL's `int4[]` has arrays of any number of dimensions: as many as the first value has. */
function ofDimensions(column: Column, index: number, rows: readonly unknown[]): Column {
  const make = column.cells.dimensionedAs;
  if (make === undefined) return column;
  for (const row of rows) {
    const cells = Array.isArray(row) ? make(row[index]) : undefined;
    if (cells !== undefined) return { ...column, cells };
  }
  return column;
}

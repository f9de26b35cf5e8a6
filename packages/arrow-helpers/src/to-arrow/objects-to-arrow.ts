import type { Table } from 'apache-arrow';
import type { ArrowStream } from '../schema-description.js';
import { BatchBuilder, sizeOf } from './batch-builder.js';
import { asyncBatchesOf, type BatchOptions, Bounds, untilAborted } from './batches.js';
import { columnsOf } from './columns.js';
import { inferColumns } from './infer-columns.js';
import { ObjectReader, objectRow } from './object-reader.js';
import type { ObjectRow } from './object-row.js';
import { tableOf } from './rows-to-arrow.js';

/** What `toArrow` does of plain objects that are at hand. */
export function tableOfObjects(objects: Iterable<unknown>): Table {
  const rows = Array.from(objects, objectRow);
  const inferred = inferColumns(rows);
  const reader = new ObjectReader(inferred);
  const cells = rows.map((row) => reader.read(row));
  return tableOf(columnsOf(inferred), cells);
}

/** What `toArrow` does of plain objects that are not all at hand, or are not wanted all at once. */
export async function streamOfObjects(
  objects: Iterable<unknown> | AsyncIterable<unknown>,
  options: BatchOptions | undefined,
): Promise<ArrowStream> {
  const bounds = new Bounds(options);
  const iterator = untilAborted(overTime(objects), bounds.signal)[Symbol.asyncIterator]();
  const close = async (): Promise<void> => void (await iterator.return?.());
  try {
    const first = new FirstRows(bounds);
    while (!first.hasEnough(await iterator.next()));
    const inferred = inferColumns(first.rows);
    const builder = new BatchBuilder(columnsOf(inferred));
    const cells = cellsOf(first.rows, iterator, new ObjectReader(inferred));
    return { schema: builder.schema, batches: closing(asyncBatchesOf(cells, builder, bounds), close) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* overTime(objects: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<unknown> {
  yield* objects;
}

async function* cellsOf(
  first: readonly ObjectRow[],
  rest: AsyncIterator<unknown>,
  reader: ObjectReader,
): AsyncGenerator<readonly unknown[]> {
  for (const row of first) yield reader.read(row);
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield reader.read(next.value);
}

/** The same items; at their end, whatever it is, `close` is called, also when none was ever asked for. */
function closing<T>(items: AsyncGenerator<T>, close: () => Promise<void>): AsyncIterable<T> {
  const next = async (): Promise<IteratorResult<T>> => {
    try {
      return await items.next();
    } catch (error) {
      await close();
      throw error;
    }
  };
  const end = async (): Promise<IteratorResult<T>> => {
    await close();
    return items.return(undefined);
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
}

/** The rows of the first batch, which say what the columns are. */
class FirstRows {
  readonly rows: ObjectRow[] = [];
  #bytes = 0;

  constructor(private readonly bounds: Bounds) {}

  /** Takes what the source gave next; true when there are no more or no more are wanted. */
  hasEnough(next: IteratorResult<unknown, unknown>): boolean {
    if (next.done) return true;
    const row = objectRow(next.value, this.rows.length);
    this.rows.push(row);
    for (const cell of Object.values(row)) this.#bytes += sizeOf(cell);
    return this.bounds.isFull({ rows: this.rows.length, bytes: this.#bytes });
  }
}

import { PgError, sqlstate } from '@riffq/wire';
import type { RecordBatch, Schema } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import type { ArrowSource } from './arrow-source.js';
import { untilAborted } from './until-aborted.js';

/** Some rows of a batch. */
export interface RowRange {
  readonly batch: RecordBatch;
  readonly start: number;
  readonly count: number;
}

/** Rows that are inserted by one statement: as many as DuckDB keeps together, or fewer when they are wide (in bytes). */
const groupRows = 122_880;
const groupBytes = 32 * 1024 * 1024;

/**
 * The rows of a source in groups, each as ranges that fit into one of DuckDB's chunks. A source without rows has one
 * group without rows.
 *
 * @throws PgError 42804 for a batch of other columns than the source's schema says
 */
export async function* rowGroups(
  { schema, batches }: ArrowSource,
  chunkRows: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly RowRange[], void, undefined> {
  let group: RowRange[] = [];
  let rows = 0;
  let bytes = 0;
  let groups = 0;
  for await (const batch of untilAborted(batches, signal)) {
    requireSchema(schema, batch);
    const bytesPerRow = batch.data.byteLength / Math.max(1, batch.numRows);
    for (let start = 0; start < batch.numRows; start += chunkRows) {
      const count = Math.min(chunkRows, batch.numRows - start);
      group.push({ batch, start, count });
      rows += count;
      bytes += count * bytesPerRow;
      if (rows < groupRows && bytes < groupBytes) continue;
      yield group;
      groups += 1;
      group = [];
      rows = 0;
      bytes = 0;
    }
  }
  if (rows > 0 || groups === 0) yield group;
}

function requireSchema({ fields }: Schema, { schema }: RecordBatch): void {
  const matches =
    schema.fields.length === fields.length &&
    fields.every(({ type }, column) => sameLayout(type, schema.fields[column]?.type));
  if (matches) return;
  throw new PgError({
    sqlstate: sqlstate.datatype_mismatch,
    message: 'a batch has other columns than the data that it belongs to',
    detail: `It has ${schema.fields.join(', ')}; expected ${fields.join(', ')}.`,
  });
}

/** Whether what was chosen for one type reads the other, too. A decimal does not tell its width in bits in its text. */
function sameLayout(type: DataType, other: DataType | undefined): boolean {
  if (DataType.isDictionary(type) && DataType.isDictionary(other)) return sameLayout(type.dictionary, other.dictionary);
  const sameWidth = !DataType.isDecimal(type) || (DataType.isDecimal(other) && type.bitWidth === other.bitWidth);
  return sameWidth && String(type) === String(other);
}

import type { AnyIterable } from '@riffq/server';
import type { RecordBatch, Schema } from 'apache-arrow';

/** Arrow data to insert: a `Table` of apache-arrow, or a schema with batches that are made while they are inserted. */
export interface ArrowSource {
  readonly schema: Schema;
  readonly batches: AnyIterable<RecordBatch>;
}

import { PgError, sqlstate } from '@riffq/wire';
import type { RecordBatch, Vector } from 'apache-arrow';
import { Field, Schema } from 'apache-arrow/schema';
import { concatenate } from './concatenate.js';
import { makeRecordBatch } from './record-batch.js';

/**
 * Makes a record batch out of vectors of equal length; vectors in several chunks are copied into one.
 *
 * @throws PgError 22023 if there is not one name for each vector or their lengths differ, 0A000 for chunks of nested types
 * @example
 * arrowBatch([vectorFromArray([1, 2], new Int32()), vectorFromArray(['a', null], new Utf8())], ['id', 'name']);
 */
export function arrowBatch(values: readonly Vector[], names: readonly string[]): RecordBatch {
  if (values.length !== names.length) {
    throw new PgError({
      sqlstate: sqlstate.invalid_parameter_value,
      message: `arrowBatch got ${values.length} vectors and ${names.length} names`,
    });
  }
  const length = values[0]?.length ?? 0;
  for (const [index, vector] of values.entries()) {
    if (!isVector(vector)) {
      throw new PgError({
        sqlstate: sqlstate.invalid_parameter_value,
        message: `column "${names[index]}" is not an Arrow vector`,
        hint: 'Make one with vectorFromArray, or use toArrow.',
      });
    }
    if (vector.length === length) continue;
    throw new PgError({
      sqlstate: sqlstate.invalid_parameter_value,
      message: `column "${names[index]}" has ${vector.length} rows but column "${names[0]}" has ${length}`,
    });
  }
  const schema = new Schema(values.map((vector, index) => new Field(names[index]!, vector.type, true)));
  return makeRecordBatch(
    schema,
    length,
    values.map((vector) => concatenate(vector)),
  );
}

/** Known by its shape: it may come from another copy of apache-arrow, or from a caller without types. */
function isVector(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && 'data' in value && 'length' in value;
}

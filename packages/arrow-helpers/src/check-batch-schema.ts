import { PgError, sqlstate } from '@riffq/wire';
import type { RecordBatch, Schema } from 'apache-arrow';
import { columnType } from './column-type.js';
import { batchSchema } from './record-batch.js';

/**
 * Holds a batch to what the client was told about the result: names and PostgreSQL types. Arrow types may differ as long as
 * these are the same, such as strings with and without a dictionary.
 *
 * @param batchNumber - for the error, from 1
 * @throws PgError XX000 naming batch and column
 */
export function checkBatchSchema(batch: RecordBatch, batchNumber: number, expected: Schema): void {
  const { fields } = batchSchema(batch);
  if (fields.length !== expected.fields.length) {
    throw new PgError({
      sqlstate: sqlstate.internal_error,
      message: `batch ${batchNumber} of the result has ${fields.length} columns instead of ${expected.fields.length}`,
    });
  }
  for (const [index, field] of expected.fields.entries()) {
    const column = fields[index]!;
    const found = columnType(column);
    const wanted = columnType(field);
    const sameType = found.typeOid === wanted.typeOid && found.typeModifier === wanted.typeModifier;
    if (sameType && column.name === field.name) continue;
    throw new PgError({
      sqlstate: sqlstate.internal_error,
      message: `batch ${batchNumber} of the result has another schema in column "${field.name}"`,
      detail: `It is "${column.name}" of type ${column.type}; the result has "${field.name}" of type ${field.type}.`,
      hint: 'All batches of a result must have the same columns.',
    });
  }
}

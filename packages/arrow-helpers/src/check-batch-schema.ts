import { PgError, sqlstate } from '@riffq/wire';
import type { Data, DataType, Field, RecordBatch, Schema } from 'apache-arrow';
import { supportedValueType } from './column-type.js';

/**
 * Holds a batch to what the client was told about the result: names and PostgreSQL types. Arrow types may differ as long as
 * these are the same, such as strings with and without a dictionary.
 *
 * @param batchNumber - for the error, from 1
 * @throws PgError XX000 naming batch and column
 */
export function checkBatchSchema(batch: RecordBatch, batchNumber: number, expected: Schema): void {
  const columns: readonly Data[] = batch.data.children;
  if (columns.length !== expected.fields.length) {
    throw new PgError({
      sqlstate: sqlstate.internal_error,
      message: `batch ${batchNumber} of the result has ${columns.length} columns instead of ${expected.fields.length}`,
    });
  }
  // Not `batch.schema`, which apache-arrow merges by names.
  const fields: readonly Field[] = batch.data.type.children;
  for (let index = 0; index < columns.length; index += 1) {
    const field = expected.fields[index]!;
    const { type } = columns[index]!;
    if (fields[index] === field && type === field.type) continue;
    const name = fields[index]?.name ?? '';
    if (name === field.name && (type === field.type || isSamePostgresType(field, type))) continue;
    throw new PgError({
      sqlstate: sqlstate.internal_error,
      message: `batch ${batchNumber} of the result has another schema in column "${field.name}"`,
      detail: `It is "${name}" of type ${type}; the result has "${field.name}" of type ${field.type}.`,
      hint: 'All batches of a result must have the same columns.',
    });
  }
}

function isSamePostgresType(wanted: Field, found: DataType): boolean {
  const a = supportedValueType({ name: wanted.name, type: found, metadata: wanted.metadata });
  const b = supportedValueType(wanted);
  return a.typeOid === b.typeOid && a.typeModifier === b.typeModifier;
}

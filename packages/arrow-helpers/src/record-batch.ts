import { Data } from 'apache-arrow/data';
import { RecordBatch } from 'apache-arrow/recordbatch';
import { Field, Schema } from 'apache-arrow/schema';
import { Struct } from 'apache-arrow/type';

/**
 * A record batch that keeps its schema. apache-arrow's constructor merges the fields by name, so that of two columns of one
 * name, which every SELECT may have, both get the type of the second.
 */
export function makeRecordBatch(schema: Schema, length: number, children: readonly Data[]): RecordBatch {
  const batch = new RecordBatch(schema, new Data(new Struct(schema.fields), 0, length, 0, undefined, [...children]));
  return Object.defineProperty(batch, 'schema', { value: schema, enumerable: true });
}

/** The schema of a batch by its columns, which is right even where `batch.schema` is not (see {@link makeRecordBatch}). */
export function batchSchema(batch: RecordBatch): Schema {
  const children: readonly Data[] = batch.data.children;
  const fields: readonly Field[] = batch.data.type.children;
  const columns = children.map(({ type }, index) => {
    const field = fields[index];
    return new Field(field?.name ?? '', type, field?.nullable ?? true, field?.metadata);
  });
  return new Schema(columns, batch.schema.metadata);
}

import duckdb, { type Vector } from '@duckdb/node-bindings';

/** Copies values whose layout in Arrow is DuckDB's to the beginning of a vector. */
export function copyToVector(vector: Vector, values: ArrayBufferView): void {
  const { buffer, byteOffset, byteLength } = values;
  if (buffer instanceof ArrayBuffer) duckdb.copy_data_to_vector(vector, 0, buffer, byteOffset, byteLength);
  // The binding reads no shared memory.
  else duckdb.copy_data_to_vector(vector, 0, bytesOf(values).slice().buffer, 0, byteLength);
}

/** The bytes of any view. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

import { BufferReader, PgError, sqlstate } from '@riffq/wire';

/**
 * The values of DataRow messages, row by row.
 *
 * @throws PgError XX000 for a row that has another number of columns
 */
export function* dataRowValues(messages: Uint8Array, columns: number): Generator<readonly (Uint8Array | null)[]> {
  const reader = new BufferReader(messages, 'DataRow');
  while (reader.remaining > 0) {
    reader.byte();
    const row = new BufferReader(reader.bytes(reader.int32() - 4), 'DataRow');
    const values = Array.from({ length: row.uint16() }, () => row.value());
    requireLength(values.length, columns);
    yield values;
  }
}

/** @throws PgError XX000 for a row that has another number of columns */
export function requireLength(given: number, columns: number): void {
  if (given === columns) return;
  throw new PgError({
    sqlstate: sqlstate.internal_error,
    message: `encodedRows gave a row of ${given} values for ${columns} columns`,
  });
}

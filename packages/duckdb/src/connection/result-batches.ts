import { type DuckDBDataChunk, type DuckDBResult, ResultReturnType } from '@duckdb/node-api';
import type { RecordBatch } from 'apache-arrow';
import { chunkToBatch } from '../read/chunk-to-batch.js';
import type { ResultColumns } from '../read/result-columns.js';
import type { NativeConnection } from './native-connection.js';
import type { BatchSource } from './result-stream.js';

/** A result of DuckDB, chunk by chunk as record batches. */
export class ResultBatches implements BatchSource {
  readonly #connection: NativeConnection;
  readonly #result: DuckDBResult;
  readonly #columns: ResultColumns;
  readonly #failure: (signal: AbortSignal) => Promise<unknown>;
  readonly #streaming: boolean;
  /** Held until the next one comes: the views on its memory do not keep it. */
  #chunk: DuckDBDataChunk | null = null;

  /** @param failure - finds out what went wrong in the middle of a stream */
  constructor(
    connection: NativeConnection,
    result: DuckDBResult,
    columns: ResultColumns,
    failure: (signal: AbortSignal) => Promise<unknown>,
  ) {
    this.#connection = connection;
    this.#result = result;
    this.#columns = columns;
    this.#failure = failure;
    this.#streaming = result.isStreaming;
  }

  async fetch(signal: AbortSignal): Promise<RecordBatch | null> {
    this.#chunk = await this.#connection.call(() => this.#result.fetchChunk(), { signal });
    if (this.#chunk !== null && this.#chunk.rowCount > 0) {
      return chunkToBatch(this.#chunk, this.#columns.schema, this.#columns.readers);
    }
    this.#chunk = null;
    // A stream that fails or is interrupted ends as if it were complete; only its type shows the difference.
    if (this.#streaming && this.#result.returnType === ResultReturnType.INVALID) {
      signal.throwIfAborted();
      throw await this.#failure(signal);
    }
    return null;
  }

  async close(): Promise<void> {
    this.#chunk = null;
    if (this.#streaming) await this.#connection.endStream();
  }
}

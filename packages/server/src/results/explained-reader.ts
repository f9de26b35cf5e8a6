import type { PgError } from '@riffq/wire';
import type { RecordBatch, RecordBatchReader } from 'apache-arrow';
import { type Awaitable, isPromise } from '../awaitable.js';
import { compressedIpc, unreadIpcType } from '../errors/result-errors.js';
import type { UnreadField } from './ipc-schema.js';
import type { ItemSource } from './pulled-source.js';

/** What is opened, and then has a schema and batches. */
export type BatchReader = ItemSource<RecordBatch> & Pick<RecordBatchReader, 'open' | 'schema'>;

/** What the bytes tell that are read, where somebody has them. */
export interface IpcDetails {
  readonly compression: () => string | undefined;
  readonly field: () => UnreadField | undefined;
}

/** The same reader of somebody else's, whose errors say what of Arrow's format is not supported. */
export function explainedReader(reader: BatchReader): BatchReader {
  return {
    get schema() {
      return reader.schema;
    },
    open: () => explained(() => reader.open()),
    next: () => explained(() => reader.next()),
    return: () => reader.return?.(),
  };
}

function explained<T>(read: () => Awaitable<T>): Awaitable<T> {
  const refuse = (error: unknown): never => {
    throw unsupportedIpc(error) ?? error;
  };
  try {
    const result = read();
    return isPromise(result) ? result.then(undefined, refuse) : result;
  } catch (error) {
    return refuse(error);
  }
}

/** What apache-arrow says of the compressions and types that it does not read; undefined for any other error. */
export function unsupportedIpc(error: unknown, details?: IpcDetails): PgError | undefined {
  const message = error instanceof Error ? error.message : '';
  if (/is compressed but codec not found/.test(message)) return compressedIpc(details?.compression(), error);
  const [, type] = /^Unrecognized type: "?(\w+)/.exec(message) ?? [];
  if (type === undefined) return undefined;
  const field = details?.field();
  return unreadIpcType(field?.type ?? type, field?.path, error);
}

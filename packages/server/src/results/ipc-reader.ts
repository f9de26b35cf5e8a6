import { Message, type RecordBatch, RecordBatchReader } from 'apache-arrow';
import { brokenIpc, compressedIpc } from '../errors/result-errors.js';
import type { ItemSource } from './pulled-source.js';

/** What files begin and end with. */
const FILE_MARK = 'ARROW1';

/** What is opened, and then has a schema and batches. */
export type BatchReader = ItemSource<RecordBatch> & Pick<RecordBatchReader, 'open' | 'schema'>;

/**
 * A reader of bytes in Arrow's IPC format, stream or file, whose errors say that the bytes are at fault.
 *
 * @throws PgError XX000 for a stream that ends within a message, or a file without its footer
 */
export function ipcReader(bytes: Uint8Array): BatchReader {
  const reader = explained(() => {
    const found: RecordBatchReader = RecordBatchReader.from(aligned(bytes));
    if (found.isFile()) requireFooter(bytes);
    // Of no bytes at all it is enough to say that they have no schema.
    if (!found.isFile() && bytes.length > 0) requireEnd(bytes);
    return found;
  });
  return {
    get schema() {
      return reader.schema;
    },
    open: () => explained(() => reader.open()),
    next: () => explained(() => reader.next()),
    return: () => reader.return(),
  };
}

/** The same bytes from where numbers of any width may begin: apache-arrow makes typed arrays of some where they are. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
}

/** Looks for what a file ends with; apache-arrow itself fails at the footer that it does not find, in words of its own. */
function requireFooter(bytes: Uint8Array): void {
  if (Buffer.from(bytes.subarray(-FILE_MARK.length)).toString('latin1') !== FILE_MARK) {
    throw new Error(`The ${bytes.length} bytes of a file end before its footer does.`);
  }
}

/**
 * Looks from message to message for the end: its mark, or just no more messages, as Arrow allows
 * (https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format). apache-arrow itself takes a stream that ends within
 * the length of a message for a whole one.
 */
function requireEnd(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.length) {
    // Before Arrow 0.15 nothing stood before the length.
    const lengthAt = view.getInt32(at, true) === -1 ? at + 4 : at;
    const length = view.getInt32(lengthAt, true);
    if (length === 0) return;
    const metadata = bytes.subarray(lengthAt + 4, lengthAt + 4 + length);
    if (length < 0 || metadata.length < length) break;
    at = lengthAt + 4 + length + Number(Message.decode(metadata).bodyLength);
  }
  if (at !== bytes.length) throw new Error(`The ${bytes.length} bytes end within a message.`);
}

/** Bytes are at hand, so that what reads them does so at once. */
function explained<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw /compressed/.test(message) ? compressedIpc(error) : brokenIpc(message, error);
  }
}

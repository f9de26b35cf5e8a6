import { MessageHeader } from 'apache-arrow/enum';
import { CompressionType } from 'apache-arrow/fb/compression-type';
import { Message } from 'apache-arrow/ipc/metadata/message';
import { RecordBatchReader } from 'apache-arrow/ipc/reader';
import { brokenIpc } from '../errors/result-errors.js';
import { type BatchReader, type IpcDetails, unsupportedIpc } from './explained-reader.js';
import { IpcBounds } from './ipc-bounds.js';
import { unreadField } from './ipc-schema.js';

/** What files begin and end with. */
const FILE_MARK = 'ARROW1';
/** So much of a file comes before its messages. */
const FILE_MARK_BYTES = 8;

/**
 * A reader of bytes in Arrow's IPC format, stream or file, whose errors say that the bytes are at fault.
 *
 * @throws PgError XX000 for a stream that ends within a message, or a file without its footer; reading on, 0A000 for types and compressions
 * that apache-arrow does not read
 */
export function ipcReader(bytes: Uint8Array): BatchReader {
  const blamed = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw (
        unsupportedIpc(error, detailsIn(bytes)) ??
        brokenIpc(error instanceof Error ? error.message : String(error), error)
      );
    }
  };
  const reader = blamed(() => {
    const found: RecordBatchReader = RecordBatchReader.from(aligned(bytes));
    if (found.isFile()) requireFile(bytes);
    // Of no bytes at all it is enough to say that they have no schema.
    if (!found.isFile() && bytes.length > 0) requireEnd(bytes);
    return found;
  });
  return {
    get schema() {
      return reader.schema;
    },
    open: () => blamed(() => reader.open()),
    next: () => blamed(() => reader.next()),
    return: () => reader.return(),
  };
}

/** The same bytes from where numbers of any width may begin: apache-arrow makes typed arrays of some where they are. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
}

function isFile(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, FILE_MARK.length)).toString('latin1') === FILE_MARK;
}

/** Looks for what a file ends with; apache-arrow itself fails at the footer that it does not find, in words of its own. */
function requireFile(bytes: Uint8Array): void {
  if (Buffer.from(bytes.subarray(-FILE_MARK.length)).toString('latin1') !== FILE_MARK) {
    throw new Error(`The ${bytes.length} bytes of a file end before its footer does.`);
  }
  const bounds = new IpcBounds();
  for (const { place, type } of bounds.batchesOfFile(bytes)) {
    const found = messagesIn(bytes, place, bounds).next().value?.message;
    // apache-arrow would read one of another kind again and again.
    if (found?.headerType !== MessageHeader[type]) throw new Error(`There is no ${type} at byte ${place}.`);
  }
}

/**
 * Looks from message to message for the end: its mark, or just no more messages, as Arrow allows
 * (https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format). apache-arrow itself takes a stream that ends within
 * the length of a message for a whole one.
 */
function requireEnd(bytes: Uint8Array): void {
  let end = 0;
  for (const message of messagesIn(bytes, 0)) ({ end } = message);
  if (end !== bytes.length) throw new Error(`The ${bytes.length} bytes end within a message.`);
}

interface FoundMessage {
  /** None for the mark of the end, behind which nothing is read. */
  readonly message: Message | undefined;
  readonly end: number;
}

/** The messages that are whole but for their last one's body. */
function* messagesIn(bytes: Uint8Array, start: number, bounds = new IpcBounds()): Generator<FoundMessage, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  while (at + 4 <= bytes.length) {
    // Before Arrow 0.15 nothing stood before the length, which is all that the mark of the end is.
    const lengthAt = view.getInt32(at, true) === -1 ? at + 4 : at;
    if (lengthAt + 4 > bytes.length) return;
    const length = view.getInt32(lengthAt, true);
    const metadata = bytes.subarray(lengthAt + 4, lengthAt + 4 + length);
    if (length === 0) yield { message: undefined, end: bytes.length };
    if (length <= 0 || metadata.length < length) return;
    const bodyAt = lengthAt + 4 + length;
    bounds.check(metadata, bytes.length - bodyAt);
    const message = Message.decode(metadata);
    at = bodyAt + Number(message.bodyLength);
    yield { message, end: at };
  }
}

function detailsIn(bytes: Uint8Array): IpcDetails {
  return { compression: () => compressionOf(bytes), field: () => unreadField(bytes, isFile(bytes)) };
}

/** The compression of the first batch that has one. */
function compressionOf(bytes: Uint8Array): string | undefined {
  for (const { message } of messagesIn(bytes, isFile(bytes) ? FILE_MARK_BYTES : 0)) {
    const header = message?.isRecordBatch() || message?.isDictionaryBatch() ? message.header() : undefined;
    const batch = header && 'data' in header ? header.data : header;
    if (batch?.compression) return batch.compression.type === CompressionType.ZSTD ? 'zstd' : 'lz4';
  }
  return undefined;
}

import type { Format } from '../format.js';
import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * COPY begins: the client is to send data (CopyIn), will get it (CopyOut), or both (streaming replication).
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-COPYINRESPONSE
 */
export interface CopyResponse {
  readonly type: 'CopyInResponse' | 'CopyOutResponse' | 'CopyBothResponse';
  readonly format: Format;
  /** One for each column; all text if `format` is. */
  readonly columnFormats: readonly Format[];
}

/** Writes one of the three. */
export function encodeCopyResponse(writer: FrameWriter, message: CopyResponse): void {
  writer.begin(backendType[message.type]);
  writer.byte(message.format === 'binary' ? 1 : 0);
  writer.count(message.columnFormats.length);
  for (const format of message.columnFormats) writer.int16(format === 'binary' ? 1 : 0);
  writer.end();
}

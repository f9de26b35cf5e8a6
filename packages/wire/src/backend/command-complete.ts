import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * A statement is done; the tag says which and how many rows: `SELECT 5`, `INSERT 0 1`, `BEGIN`.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-COMMANDCOMPLETE
 */
export interface CommandComplete {
  readonly type: 'CommandComplete';
  readonly tag: string;
}

/** Writes CommandComplete. */
export function encodeCommandComplete(writer: FrameWriter, message: CommandComplete): void {
  writer.begin(backendType.CommandComplete);
  writer.cstring(message.tag);
  writer.end();
}

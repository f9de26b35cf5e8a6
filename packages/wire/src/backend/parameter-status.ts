import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * A setting that clients follow (`server_version`, `DateStyle`, `TimeZone` …), at the start and whenever it changes.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-PARAMETERSTATUS
 */
export interface ParameterStatus {
  readonly type: 'ParameterStatus';
  readonly name: string;
  readonly value: string;
}

/** Writes ParameterStatus. */
export function encodeParameterStatus(writer: FrameWriter, message: ParameterStatus): void {
  writer.begin(backendType.ParameterStatus);
  writer.cstring(message.name);
  writer.cstring(message.value);
  writer.end();
}

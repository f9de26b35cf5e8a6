import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * What the function of a FunctionCall returned.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-FUNCTIONCALLRESPONSE
 */
export interface FunctionCallResponse {
  readonly type: 'FunctionCallResponse';
  readonly value: Uint8Array | string | null;
}

/** Writes FunctionCallResponse. */
export function encodeFunctionCallResponse(writer: FrameWriter, message: FunctionCallResponse): void {
  writer.begin(backendType.FunctionCallResponse);
  writer.value(message.value);
  writer.end();
}

import type { ErrorFields } from '../error-fields.js';
import type { FrameWriter } from '../frame-writer.js';
import { sqlstate } from '../sqlstate.generated.js';
import { backendType } from './backend-type.js';
import { writeResponseFields } from './response-fields.js';

/**
 * A statement, or the session, has failed.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-ERRORRESPONSE
 */
export interface ErrorResponse {
  readonly type: 'ErrorResponse';
  /** `error.fields` of a PgError; severity and SQLSTATE default to ERROR and XX000. */
  readonly fields: ErrorFields;
}

/** Writes ErrorResponse. */
export function encodeErrorResponse(writer: FrameWriter, message: ErrorResponse): void {
  const { fields } = message;
  writer.begin(backendType.ErrorResponse);
  writeResponseFields(writer, fields.severity ?? 'ERROR', fields.sqlstate ?? sqlstate.internal_error, fields);
  writer.end();
}

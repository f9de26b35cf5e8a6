import type { NoticeFields } from '../error-fields.js';
import type { FrameWriter } from '../frame-writer.js';
import { sqlstate } from '../sqlstate.generated.js';
import { backendType } from './backend-type.js';
import { writeResponseFields } from './response-fields.js';

/**
 * Something the user should know that is no error; it may come at any time.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-NOTICERESPONSE
 */
export interface NoticeResponse {
  readonly type: 'NoticeResponse';
  readonly fields: NoticeFields;
}

/** Writes NoticeResponse. */
export function encodeNoticeResponse(writer: FrameWriter, message: NoticeResponse): void {
  const { fields } = message;
  const severity = fields.severity ?? 'NOTICE';
  const code = fields.sqlstate ?? (severity === 'WARNING' ? sqlstate.warning : sqlstate.successful_completion);
  writer.begin(backendType.NoticeResponse);
  writeResponseFields(writer, severity, code, fields);
  writer.end();
}

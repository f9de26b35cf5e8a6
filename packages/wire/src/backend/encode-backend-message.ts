import { type CopyData, encodeCopyData } from '../copy/copy-data.js';
import type { FrameWriter } from '../frame-writer.js';
import { type Authentication, encodeAuthentication } from './authentication.js';
import { type BackendKeyData, encodeBackendKeyData } from './backend-key-data.js';
import { type BodylessBackendMessage, encodeBodyless } from './bodyless.js';
import { type CommandComplete, encodeCommandComplete } from './command-complete.js';
import { type CopyResponse, encodeCopyResponse } from './copy-response.js';
import { type DataRow, encodeDataRow } from './data-row.js';
import { type ErrorResponse, encodeErrorResponse } from './error-response.js';
import { encodeFunctionCallResponse, type FunctionCallResponse } from './function-call-response.js';
import { encodeNegotiateProtocolVersion, type NegotiateProtocolVersion } from './negotiate-protocol-version.js';
import { encodeNoticeResponse, type NoticeResponse } from './notice-response.js';
import { encodeNotificationResponse, type NotificationResponse } from './notification-response.js';
import { encodeParameterDescription, type ParameterDescription } from './parameter-description.js';
import { encodeParameterStatus, type ParameterStatus } from './parameter-status.js';
import { encodeReadyForQuery, type ReadyForQuery } from './ready-for-query.js';
import { encodeRowDescription, type RowDescription } from './row-description.js';

/** Everything a server sends, but for the single bytes that answer SSLRequest and GSSENCRequest. */
export type BackendMessage =
  | Authentication
  | BackendKeyData
  | BodylessBackendMessage
  | CommandComplete
  | CopyData
  | CopyResponse
  | DataRow
  | ErrorResponse
  | FunctionCallResponse
  | NegotiateProtocolVersion
  | NoticeResponse
  | NotificationResponse
  | ParameterDescription
  | ParameterStatus
  | ReadyForQuery
  | RowDescription;

/**
 * Writes one message. Texts are cut before a NUL, which the protocol cannot carry in them (values of DataRow and
 * FunctionCallResponse can, and are not cut).
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 *
 * @throws PgError 54000 for more than 65,535 columns or parameters, or 1 GiB. Whatever is thrown, the writer is then as it
 * was before.
 *
 * @example
 * encodeBackendMessage(writer, { type: 'ReadyForQuery', status: 'I' });
 * socket.write(writer.take());
 */
export function encodeBackendMessage(writer: FrameWriter, message: BackendMessage): void {
  const before = writer.size;
  try {
    encode(writer, message);
  } catch (error) {
    // Half a message would make nonsense of all that follow it.
    writer.backTo(before);
    throw error;
  }
}

function encode(writer: FrameWriter, message: BackendMessage): void {
  switch (message.type) {
    case 'DataRow':
      encodeDataRow(writer, message);
      break;
    case 'ReadyForQuery':
      encodeReadyForQuery(writer, message);
      break;
    case 'CommandComplete':
      encodeCommandComplete(writer, message);
      break;
    case 'RowDescription':
      encodeRowDescription(writer, message);
      break;
    case 'ParameterDescription':
      encodeParameterDescription(writer, message);
      break;
    case 'CopyData':
      encodeCopyData(writer, message);
      break;
    case 'CopyInResponse':
    case 'CopyOutResponse':
    case 'CopyBothResponse':
      encodeCopyResponse(writer, message);
      break;
    case 'ErrorResponse':
      encodeErrorResponse(writer, message);
      break;
    case 'NoticeResponse':
      encodeNoticeResponse(writer, message);
      break;
    case 'NotificationResponse':
      encodeNotificationResponse(writer, message);
      break;
    case 'ParameterStatus':
      encodeParameterStatus(writer, message);
      break;
    case 'BackendKeyData':
      encodeBackendKeyData(writer, message);
      break;
    case 'NegotiateProtocolVersion':
      encodeNegotiateProtocolVersion(writer, message);
      break;
    case 'FunctionCallResponse':
      encodeFunctionCallResponse(writer, message);
      break;
    case 'BindComplete':
    case 'CloseComplete':
    case 'CopyDone':
    case 'EmptyQueryResponse':
    case 'NoData':
    case 'ParseComplete':
    case 'PortalSuspended':
      encodeBodyless(writer, message);
      break;
    default:
      encodeAuthentication(writer, message);
  }
}

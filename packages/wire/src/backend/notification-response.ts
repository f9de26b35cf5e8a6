import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

/**
 * Someone has called NOTIFY on a channel that the session listens on.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-NOTIFICATIONRESPONSE
 */
export interface NotificationResponse {
  readonly type: 'NotificationResponse';
  /** Of the session that called NOTIFY. */
  readonly processId: number;
  readonly channel: string;
  readonly payload: string;
}

/** Writes NotificationResponse. */
export function encodeNotificationResponse(writer: FrameWriter, message: NotificationResponse): void {
  writer.begin(backendType.NotificationResponse);
  writer.int32(message.processId);
  writer.cstring(message.channel);
  writer.cstring(message.payload);
  writer.end();
}

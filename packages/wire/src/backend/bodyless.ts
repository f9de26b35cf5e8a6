import type { FrameWriter } from '../frame-writer.js';
import { backendType } from './backend-type.js';

type BodylessName =
  | 'BindComplete'
  | 'CloseComplete'
  | 'CopyDone'
  | 'EmptyQueryResponse'
  | 'NoData'
  | 'ParseComplete'
  | 'PortalSuspended';

/**
 * The messages that are nothing but their type: that Bind, Close or Parse is done, that all COPY data has been sent,
 * that a query was empty, that a statement gives no rows, that Execute stopped at its row limit.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
export interface BodylessBackendMessage {
  readonly type: BodylessName;
}

/** Writes one of them. */
export function encodeBodyless(writer: FrameWriter, message: BodylessBackendMessage): void {
  writer.begin(backendType[message.type]);
  writer.end();
}

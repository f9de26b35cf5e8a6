/**
 * All of the COPY data has been sent. Both sides send it.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-COPYDONE
 */
export interface CopyDone {
  readonly type: 'CopyDone';
}

import { BufferReader } from '../buffer-reader.js';

/**
 * The password in clear text, or its MD5 hash, as was asked for.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-PASSWORDMESSAGE
 */
export interface PasswordMessage {
  readonly type: 'PasswordMessage';
  readonly password: string;
}

/** Reads the body of PasswordMessage. */
export function decodePasswordMessage(reader: BufferReader): PasswordMessage {
  const body = reader.rest();
  if (body.length === 0 || body.indexOf(0) !== body.length - 1) throw reader.violation('invalid password packet size');
  return { type: 'PasswordMessage', password: new BufferReader(body, 'PasswordMessage', 'FATAL').cstring() };
}

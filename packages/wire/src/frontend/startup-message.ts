import type { BufferReader } from '../buffer-reader.js';

/**
 * The first message of a session: who wants to connect to which database with which settings.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-STARTUPMESSAGE
 */
export interface StartupMessage {
  readonly type: 'StartupMessage';
  /** 3, or what nobody should send any more: then the parameters were not read, for their layout is not known. */
  readonly major: number;
  readonly minor: number;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads what follows the protocol version. The last of several values for a name counts. */
export function decodeStartupMessage(reader: BufferReader, major: number, minor: number): StartupMessage {
  const parameters = new Map<string, string>();
  if (major !== 3) return { type: 'StartupMessage', major, minor, parameters };
  if (!reader.endsWithNul) throw layoutViolation(reader);
  for (;;) {
    if (reader.remaining === 0) throw layoutViolation(reader);
    const name = reader.cstring();
    if (name === '') break;
    if (reader.remaining === 0) throw layoutViolation(reader);
    parameters.set(name, reader.cstring());
  }
  if (reader.remaining !== 0) throw layoutViolation(reader);
  return { type: 'StartupMessage', major, minor, parameters };
}

function layoutViolation(reader: BufferReader): Error {
  return reader.violation('invalid startup packet layout: expected terminator as last byte');
}

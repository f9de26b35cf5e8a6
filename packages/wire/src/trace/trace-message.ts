import { BufferReader } from '../buffer-reader.js';
import { isPgError } from '../pg-error.js';
import { MessageTrace } from './message-trace.js';

/** A message's name, and what writes its fields if it has any. */
export type MessageLayout = readonly [name: string, fields?: (message: MessageTrace) => void];

/** What libpq says of a type that it does not know. */
export function unknownLayout(type: number): MessageLayout {
  return [`Unknown message: ${type.toString(16).padStart(2, '0')}`];
}

/**
 * The line for one message. A second line tells, as with libpq, if the fields end before the message does; if they go
 * beyond it, the line ends with the error.
 */
export function traceMessage(direction: 'F' | 'B', body: Uint8Array, [name, fields]: MessageLayout): string {
  const length = body.length + 4;
  const message = new MessageTrace(new BufferReader(body, name));
  let error = '';
  try {
    fields?.(message);
  } catch (thrown) {
    if (!isPgError(thrown)) throw thrown;
    error = ` (${thrown.message})`;
  }
  const line = `${direction}\t${length}\t${name}${message.text === '' ? '' : '\t'}${message.text}${error}\n`;
  if (message.remaining === 0 || error !== '') return line;
  return `${line}mismatched message length: consumed ${length - message.remaining}, expected ${length}\n`;
}

import { backendLayout } from './backend-layouts.js';
import { cutMessage } from './cut-message.js';
import { traceMessage } from './trace-message.js';

/**
 * What a server sent, a line for each message, in the format of libpq's PQtrace without time stamps: `B`, the number in
 * the length word, the name and the fields. Bytes that are no message are told in the text, never thrown.
 *
 * It shows what libpq 18 leaves out: AuthenticationOk, the salt of AuthenticationMD5Password, what of a key follows its
 * first 4 bytes, the options in NegotiateProtocolVersion.
 * https://www.postgresql.org/docs/18/libpq-control.html#LIBPQ-PQTRACE
 *
 * @example
 * traceBackend(bytes); // 'B\t5\tReadyForQuery\t I\n'
 */
export function traceBackend(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; ) {
    const message = cutMessage(bytes, start, 5);
    if ('broken' in message) return `${text}B\t${message.broken}\n`;
    text += traceMessage('B', message.body, backendLayout(message.type, message.body));
    start = message.end;
  }
  return text;
}

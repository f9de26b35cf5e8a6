import type { PasswordKind } from '../frontend/decode-frontend-message.js';
import { frontendType } from '../frontend/frontend-type.js';
import { cutMessage } from './cut-message.js';
import { frontendLayout, startupLayout } from './frontend-layouts.js';
import { traceMessage } from './trace-message.js';

/**
 * What a client sent, a line for each message, in the format of libpq's PQtrace without time stamps: `F`, the number in
 * the length word, the name and the fields. Bytes that are no message are told in the text, never thrown. Passwords are
 * shown: it is for tests, not for logs.
 * https://www.postgresql.org/docs/18/libpq-control.html#LIBPQ-PQTRACE
 *
 * @example
 * traceFrontend(bytes); // 'F\t13\tQuery\t "SELECT 1"\nF\t4\tTerminate\n'
 */
export function traceFrontend(
  bytes: Uint8Array,
  options: {
    /** Whether the bytes begin with start-up packets. @defaultValue false */
    readonly startup?: boolean;
    /**
     * What the first message of type `p` is; after a SASLInitialResponse the others are SASLResponse.
     * @defaultValue 'PasswordMessage'
     */
    readonly passwordKind?: PasswordKind;
  } = {},
): string {
  let text = '';
  let inStartup = options.startup ?? false;
  let passwordKind = options.passwordKind ?? 'PasswordMessage';
  for (let start = 0; start < bytes.length; ) {
    const message = cutMessage(bytes, start, inStartup ? 4 : 5);
    if ('broken' in message) return `${text}F\t${message.broken}\n`;
    const layout = inStartup ? startupLayout(message.body) : frontendLayout(message.type, passwordKind);
    text += traceMessage('F', message.body, layout);
    start = message.end;
    if (layout[0] === 'StartupMessage') inStartup = false;
    if (message.type === frontendType.PasswordMessage && passwordKind === 'SASLInitialResponse') {
      passwordKind = 'SASLResponse';
    }
  }
  return text;
}

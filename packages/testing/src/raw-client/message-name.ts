import { type BackendMessage, traceBackend } from '@riffq/wire';

/** What a server sends, by the manual's names; the two last are the single bytes that answer encryption requests. */
export type ReceivedName = BackendMessage['type'] | EncryptionAnswer;

/** The names that libpq's trace gives to the answers to SSLRequest and GSSENCRequest. */
export type EncryptionAnswer = 'SSLResponse' | 'GSSENCResponse';

const authentication = 'R'.charCodeAt(0);
const known = new Map<number, string>();

/** The name that a whole message has in traces. Its content is not looked at: a row may be large. */
export function backendMessageName(message: Uint8Array): string {
  const [type = 0] = message;
  // Which Authentication message it is, the code tells with which its body begins.
  const headLength = type === authentication && message.length >= 9 ? 9 : 5;
  const code = headLength === 9 ? new DataView(message.buffer, message.byteOffset).getInt32(5) : -1;
  const key = code * 256 + type;
  const name = known.get(key) ?? tracedName(message.subarray(0, headLength));
  known.set(key, name);
  return name;
}

/** The trace of a message that ends where its fields begin: a complaint about them may follow the name. */
function tracedName(head: Uint8Array): string {
  const message = Buffer.from(head);
  message.writeInt32BE(head.length - 1, 1);
  const [, , name = ''] = traceBackend(message).split('\t');
  return name.replace(/ \(.*/s, '').trimEnd();
}

import { encodedMessage } from '../io/encoded-message.js';
import type { TransactionStatus } from '../session.js';

/** ReadyForQuery as it is sent, by status. */
export const readyForQuery: Readonly<Record<TransactionStatus, Uint8Array>> = {
  I: encodedMessage({ type: 'ReadyForQuery', status: 'I' }),
  T: encodedMessage({ type: 'ReadyForQuery', status: 'T' }),
  E: encodedMessage({ type: 'ReadyForQuery', status: 'E' }),
};

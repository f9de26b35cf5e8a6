import type { ReceivedName } from './message-name.js';
import type { ReceivedMessage } from './received-message.js';

/** A message by its name in the manual, or by any property. */
export type AwaitedMessage = ReceivedName | ((message: ReceivedMessage) => boolean);

/** What to call it when it does not come. */
export function nameOf(awaited: AwaitedMessage): string {
  return typeof awaited === 'string' ? awaited : 'a message that fits';
}

/** What knows it when it comes. */
export function matcherOf(awaited: AwaitedMessage): (message: ReceivedMessage) => boolean {
  return typeof awaited === 'string' ? ({ name }) => name === awaited : awaited;
}

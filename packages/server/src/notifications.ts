import { RiffqError } from './errors/riffq-error.js';
import { longestIdentifier } from './sql/truncate-identifier.js';

/** Who hears what is said on a channel. */
export interface NotificationListener {
  readonly database: string;
  notify(channel: string, payload: string, processId: number): void;
}

/** PostgreSQL's: a name has less than 64 bytes, a payload less than 8000. */
export const longestChannel = longestIdentifier;
export const longestPayload = 7999;

/** @throws RiffqError RIFFQ_ERR_NOTIFICATION for what PostgreSQL would not send */
export function checkNotification(channel: string, payload: string): void {
  for (const [what, text] of Object.entries({ channel, payload })) {
    if (typeof text !== 'string' || text.includes('\0')) {
      throw new RiffqError('RIFFQ_ERR_NOTIFICATION', `a ${what} is a string without NUL characters`);
    }
  }
  const bytes = Buffer.byteLength(channel);
  if (bytes === 0 || bytes > longestChannel) {
    throw new RiffqError(
      'RIFFQ_ERR_NOTIFICATION',
      `a channel has 1 to ${longestChannel} bytes, but "${channel}" has ${bytes}`,
    );
  }
  if (Buffer.byteLength(payload) <= longestPayload) return;
  throw new RiffqError(
    'RIFFQ_ERR_NOTIFICATION',
    `a payload has at most ${longestPayload} bytes: send a key to what is longer`,
  );
}

/** Which listeners a server's channels have. */
export class Notifications {
  readonly #listeners = new Map<string, Set<NotificationListener>>();

  listen(channel: string, listener: NotificationListener): void {
    const listeners = this.#listeners.get(channel);
    if (listeners === undefined) this.#listeners.set(channel, new Set([listener]));
    else listeners.add(listener);
  }

  unlisten(channel: string, listener: NotificationListener): void {
    const listeners = this.#listeners.get(channel);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(channel);
  }

  /** Tells everybody who listens, in one database if that is named; `processId` says who has notified them. */
  publish(channel: string, payload: string, processId: number, database?: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) {
      if (database === undefined || listener.database === database) listener.notify(channel, payload, processId);
    }
  }
}

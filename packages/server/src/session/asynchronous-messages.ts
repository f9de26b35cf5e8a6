import type { BackendMessage, NotificationResponse } from '@riffq/wire';
import type { Outbound } from '../io/outbound.js';
import type { Transaction } from './transaction.js';

/**
 * What a client is told without having asked (manual, section 54.2.7). Notices and parameters go out at once, but for
 * those that come before the greeting; notifications wait until the session is idle.
 */
export class AsynchronousMessages {
  /** True from ReadyForQuery until the client's next message. */
  ready = false;
  readonly #outbound: Outbound;
  readonly #transaction: Transaction;
  /** What handlers had to tell before the client was let in; undefined from then on. */
  #early: BackendMessage[] | undefined = [];
  #notifications: NotificationResponse[] = [];

  constructor(outbound: Outbound, transaction: Transaction) {
    this.#outbound = outbound;
    this.#transaction = transaction;
  }

  /** Whether the client has been let in. */
  get greeted(): boolean {
    return this.#early === undefined;
  }

  tell(message: BackendMessage): void {
    if (this.#early !== undefined) {
      this.#early.push(message);
      return;
    }
    this.#outbound.send(message);
    // Nothing else would make it leave.
    if (this.ready) this.#outbound.flush();
  }

  notify(notification: NotificationResponse): void {
    this.#notifications.push(notification);
    if (!this.ready) return;
    this.sendNotifications();
    this.#outbound.flush();
  }

  /** Sends what handlers had to tell before: a client takes nothing ahead of AuthenticationOk. */
  sendEarly(): void {
    for (const message of this.#early ?? []) this.#outbound.send(message);
    this.#early = undefined;
  }

  /** Sends the notifications that have waited for ReadyForQuery; in a block they wait for its end. */
  sendNotifications(): void {
    if (this.#notifications.length === 0 || this.#transaction.status !== 'I') return;
    for (const notification of this.#notifications) this.#outbound.send(notification);
    this.#notifications = [];
  }
}

import type { BackendMessage, NotificationResponse, PgError } from '@riffq/wire';
import { tellsTooMuch } from '../errors/limit-errors.js';
import type { Outbound } from '../io/outbound.js';
import type { Transaction } from './transaction/transaction.js';

/** Bytes of what it was told that a client may leave unread: PostgreSQL makes the teller wait, which a handler cannot. */
const unreadAtMost = 64 * 1024 * 1024;
/** What one message before the greeting counts for. */
const earlyBytes = 1024;

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
  /** The client took too little: its session is at its end. */
  #gaveUp = false;
  /** Bytes that wait for the greeting or for the end of a block. */
  #waiting = 0;
  /** Called when a client takes too little of what it is told. */
  readonly #onTooMuch: (error: PgError) => void;

  constructor(outbound: Outbound, transaction: Transaction, onTooMuch: (error: PgError) => void) {
    this.#outbound = outbound;
    this.#transaction = transaction;
    this.#onTooMuch = onTooMuch;
  }

  /** Whether the client has been let in. */
  get greeted(): boolean {
    return this.#early === undefined;
  }

  tell(message: BackendMessage): void {
    if (this.#gaveUp) return;
    if (this.#early !== undefined) {
      this.#early.push(message);
      this.#wait(earlyBytes);
      return;
    }
    this.#outbound.send(message);
    this.#checkUnread();
    // Nothing else would make it leave.
    if (this.ready) this.#outbound.flush();
  }

  notify(notification: NotificationResponse): void {
    if (this.#gaveUp) return;
    this.#notifications.push(notification);
    this.#wait(notification.payload.length);
    if (!this.ready) return;
    this.sendNotifications();
    this.#outbound.flush();
  }

  /** Sends what handlers had to tell before: a client takes nothing ahead of AuthenticationOk. */
  sendEarly(): void {
    for (const message of this.#early ?? []) this.#outbound.send(message);
    this.#early = undefined;
    this.#waiting = 0;
  }

  /** Sends the notifications that have waited for ReadyForQuery; in a block they wait for its end. */
  sendNotifications(): void {
    if (this.#notifications.length === 0 || this.#transaction.status !== 'I') return;
    for (const notification of this.#notifications) this.#outbound.send(notification);
    this.#notifications = [];
    this.#waiting = 0;
  }

  #wait(bytes: number): void {
    this.#waiting += bytes;
    this.#checkUnread();
  }

  #checkUnread(): void {
    if (this.#waiting + this.#outbound.unsentBytes <= unreadAtMost) return;
    this.#gaveUp = true;
    this.#early = undefined;
    this.#notifications = [];
    this.#onTooMuch(tellsTooMuch(unreadAtMost));
  }
}

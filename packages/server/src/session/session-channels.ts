import type { NotificationListener, Notifications } from '../notifications.js';

/** What a transaction has asked for and gets when it commits. */
type ChannelAction =
  | { readonly kind: 'listen' | 'unlisten'; readonly channel: string }
  | { readonly kind: 'unlistenAll' }
  | { readonly kind: 'notify'; readonly channel: string; readonly payload: string };

const none: ReadonlySet<string> = new Set();

/** The channels that a session listens to, and what its transaction will do about channels when it commits. */
export class SessionChannels {
  readonly #notifications: Notifications;
  readonly #listener: NotificationListener;
  readonly #processId: number;
  #listening = none;
  #pending: ChannelAction[] = [];
  /** The notifications of those. */
  readonly #notified = new Set<string>();

  constructor(notifications: Notifications, listener: NotificationListener, processId: number) {
    this.#notifications = notifications;
    this.#listener = listener;
    this.#processId = processId;
  }

  /** Does it at the commit; a notification that is waiting already is sent once. */
  add(action: ChannelAction): void {
    const key = keyOf(action);
    if (key !== undefined && this.#notified.has(key)) return;
    if (key !== undefined) this.#notified.add(key);
    this.#pending.push(action);
  }

  /** Those that it hears. */
  get listening(): readonly string[] {
    return [...this.#listening];
  }

  /** How much is waiting now, for a savepoint. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Forgets what has come behind so much. */
  rollbackTo(pending: number): void {
    for (const action of this.#pending.splice(pending)) this.#notified.delete(keyOf(action) ?? '');
  }

  endTransaction(how: 'commit' | 'rollback'): void {
    const pending = this.#pending;
    if (pending.length === 0) return;
    this.#pending = [];
    this.#notified.clear();
    if (how === 'rollback') return;
    for (const action of pending) this.#listenOrNot(action);
    // What a transaction listens to it hears, also what it has said before.
    for (const action of pending) {
      if (action.kind !== 'notify') continue;
      this.#notifications.publish(action.channel, action.payload, this.#processId, this.#listener.database);
    }
  }

  /** Hears nothing more, at once. */
  unlistenAll(): void {
    for (const channel of this.#listening) this.#notifications.unlisten(channel, this.#listener);
    this.#listening = none;
  }

  #listenOrNot(action: ChannelAction): void {
    switch (action.kind) {
      case 'listen':
        this.#notifications.listen(action.channel, this.#listener);
        this.#listening = new Set([...this.#listening, action.channel]);
        return;
      case 'unlisten':
        this.#notifications.unlisten(action.channel, this.#listener);
        this.#listening = new Set([...this.#listening].filter((channel) => channel !== action.channel));
        return;
      case 'unlistenAll':
        this.unlistenAll();
    }
  }
}

/** What two equal notifications have in common. */
function keyOf(action: ChannelAction): string | undefined {
  return action.kind === 'notify' ? `${action.channel}\0${action.payload}` : undefined;
}

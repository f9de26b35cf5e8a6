import type { NotificationListener, Notifications } from '../notifications.js';

/** What a transaction has asked for and gets when it commits. */
type ChannelAction =
  | { readonly kind: 'listen' | 'unlisten'; readonly channel: string }
  | { readonly kind: 'unlistenAll' }
  | { readonly kind: 'notify'; readonly channel: string; readonly payload: string };

const none: ReadonlySet<string> = new Set();
const nothing: readonly ChannelAction[] = [];

/** The channels that a session listens to, and what its transaction will do about channels when it commits. */
export class SessionChannels {
  readonly #notifications: Notifications;
  readonly #listener: NotificationListener;
  readonly #processId: number;
  #listening = none;
  #pending = nothing;

  constructor(notifications: Notifications, listener: NotificationListener, processId: number) {
    this.#notifications = notifications;
    this.#listener = listener;
    this.#processId = processId;
  }

  /** Does it at the commit; a notification that is waiting already is sent once. */
  add(action: ChannelAction): void {
    const isSame = (other: ChannelAction): boolean =>
      action.kind === 'notify' &&
      other.kind === 'notify' &&
      other.channel === action.channel &&
      other.payload === action.payload;
    if (!this.#pending.some(isSame)) this.#pending = [...this.#pending, action];
  }

  /** Those that it hears. */
  get listening(): readonly string[] {
    return [...this.#listening];
  }

  /** What is waiting now, for a savepoint. */
  get pending(): readonly ChannelAction[] {
    return this.#pending;
  }

  rollbackTo(pending: readonly ChannelAction[]): void {
    this.#pending = pending;
  }

  endTransaction(how: 'commit' | 'rollback'): void {
    const pending = this.#pending;
    if (pending.length === 0) return;
    this.#pending = nothing;
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

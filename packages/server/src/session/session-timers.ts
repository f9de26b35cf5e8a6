import {
  idleInTransactionTimeout,
  idleTimeout,
  statementTimeout,
  transactionTimeout,
} from '../errors/interruptions.js';
import type { Interrupt } from '../interrupt.js';
import type { Session } from '../session.js';
import type { Settings } from '../settings/settings.js';
import { type Timeouts, timeoutsOf } from '../settings/timeouts.js';
import { LazyTimer } from './lazy-timer.js';
import type { SessionHost } from './session-host.js';

/** A session, as far as its timers need it. */
interface TimedSession extends Pick<Session, 'close' | 'transactionStatus'> {
  readonly host: SessionHost;
  readonly settingValues: Settings;
}

/** Ends a session's statements, its transactions, and its silence, when they last longer than they may. */
export class SessionTimers {
  readonly #session: TimedSession;
  /** Either a statement runs or the client is silent: one timer is enough for both. */
  #turn: LazyTimer | undefined;
  #transaction: LazyTimer | undefined;
  #inTransaction = false;
  #running: Interrupt | undefined;
  /** What the statement that runs may take, while its clock stands. */
  #standing = 0;
  /** The settings that the timeouts were read from. */
  #settings: ReadonlyMap<string, string> | undefined;
  #timeouts: Timeouts | undefined;

  constructor(session: TimedSession) {
    this.#session = session;
  }

  /** A transaction goes on, if only for one statement. */
  continueTransaction(): void {
    const { transaction } = this.#current;
    if (transaction === 0 || this.#inTransaction) return;
    this.#inTransaction = true;
    this.#transaction ??= new LazyTimer(() => this.#session.close(transactionTimeout()));
    this.#transaction.set(transaction);
  }

  /** It has ended; the next one has its own time. */
  endTransaction(): void {
    if (!this.#inTransaction) return;
    this.#inTransaction = false;
    this.#transaction?.clear();
  }

  /** Whether a statement runs that may last only so long. */
  get isTiming(): boolean {
    return this.#running !== undefined;
  }

  /** A statement begins; it ends with `endStatement`. */
  beginStatement(interrupt: Interrupt): void {
    const { statement } = this.#current;
    if (statement === 0) return;
    this.#running = interrupt;
    this.#standing = 0;
    this.#wait(statement);
  }

  /** The statement that runs waits for what is not its own time. */
  stopClock(): void {
    if (this.#running === undefined || this.#standing > 0) return;
    this.#standing = this.#current.statement;
    this.#turn?.clear();
  }

  /** It goes on, and has all its time. */
  restartClock(): void {
    if (this.#running === undefined || this.#standing === 0) return;
    this.#wait(this.#standing);
    this.#standing = 0;
  }

  endStatement(): void {
    if (this.#running === undefined) return;
    this.#running = undefined;
    this.#turn?.clear();
  }

  /** The client is to send something. */
  beginIdle(): void {
    const { idle, idleInTransaction } = this.#current;
    const outside = this.#session.transactionStatus === 'I';
    if (outside) this.endTransaction();
    const timeout = outside ? idle : idleInTransaction;
    if (timeout > 0) this.#wait(timeout);
  }

  endIdle(): void {
    this.#turn?.clear();
  }

  stop(): void {
    this.#turn?.stop();
    this.#transaction?.stop();
  }

  /** Looked at for every statement: a session's settings are the same object until one changes. */
  get #current(): Timeouts {
    const { own } = this.#session.settingValues;
    if (this.#timeouts === undefined || own !== this.#settings) {
      this.#settings = own;
      this.#timeouts = timeoutsOf(own, this.#session.host.limits);
    }
    return this.#timeouts;
  }

  #wait(timeout: number): void {
    this.#turn ??= new LazyTimer(() => this.#endTurn());
    this.#turn.set(timeout);
  }

  #endTurn(): void {
    if (this.#running !== undefined) this.#running.abort(statementTimeout());
    else this.#session.close(this.#session.transactionStatus === 'I' ? idleTimeout() : idleInTransactionTimeout());
  }
}

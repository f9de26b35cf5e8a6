import type { TransactionStatus } from '../../session.js';
import type { SettingsSavepoint } from '../../settings/settings-savepoint.js';
import type { SessionChannels } from '../session-channels.js';

/** What a savepoint has to be gone back to. */
export interface SavedState {
  readonly settings: SettingsSavepoint;
  /** What was to be done about channels at the commit. */
  readonly channels: SessionChannels['pending'];
}

interface Savepoint extends SavedState {
  readonly name: string;
}

/**
 * Where a session stands: outside a transaction (with a pipeline begun once something was executed), in an implicit block
 * (several statements of one Query, or what follows in a pipeline), or in a block that the client began. An implicit block
 * is announced when the user's object has been told of it.
 */
type TransactionState =
  | { readonly kind: 'idle'; readonly pipeline: boolean }
  | { readonly kind: 'implicit'; readonly announced: boolean }
  | { readonly kind: 'block'; readonly failed: boolean; readonly savepoints: readonly Savepoint[] };

const idle: TransactionState = { kind: 'idle', pipeline: false };

/** The session's transaction, as far as the protocol has to know it. */
export class Transaction {
  #state: TransactionState = idle;
  /** Another PostgreSQL has the transactions, as far as this session has been told. */
  isForwarded = false;
  /** A query has been run, or read, in the transaction, or in what may become one: it is too late for another isolation level. */
  isQueried = false;

  get status(): TransactionStatus {
    if (this.#state.kind === 'idle') return 'I';
    return this.failed ? 'E' : 'T';
  }

  get kind(): TransactionState['kind'] {
    return this.#state.kind;
  }

  /** Nothing has begun that what comes next would belong to. */
  get isQuiet(): boolean {
    return this.#state.kind === 'idle' && !this.#state.pipeline;
  }

  get failed(): boolean {
    return this.#state.kind === 'block' && this.#state.failed;
  }

  get announced(): boolean {
    return this.#state.kind === 'implicit' && this.#state.announced;
  }

  /** How many savepoints are open. */
  get depth(): number {
    return this.#savepoints.length;
  }

  begin(): void {
    this.#state = { kind: 'block', failed: false, savepoints: [] };
  }

  beginImplicit(announced: boolean): void {
    if (this.#state.kind === 'idle') this.#state = { kind: 'implicit', announced };
  }

  /** An Execute was answered: what comes before Sync is of the same transaction. */
  beginPipeline(): void {
    if (this.#state.kind === 'idle') this.#state = { kind: 'idle', pipeline: true };
  }

  /** What was a statement by itself turns out to have been the first of a pipeline. */
  continuePipeline(): void {
    if (this.#state.kind === 'idle' && this.#state.pipeline) this.beginImplicit(false);
  }

  end(): void {
    this.#state = idle;
    this.isQueried = false;
  }

  /** An error in a block makes it refuse all but its end. */
  fail(): void {
    if (this.#state.kind === 'block') this.#state = { ...this.#state, failed: true };
  }

  /**
   * Follows what another PostgreSQL said of its transaction; an implicit block that it was told of stays one. It may know
   * nothing of an error that has failed the block here, so that it is not for it to say that there was none.
   */
  follow(status: TransactionStatus): void {
    this.isForwarded = true;
    if (this.announced) return;
    if (status === 'I') {
      if (this.#state.kind === 'block') this.end();
      return;
    }
    const failed = this.failed || status === 'E';
    if (this.#state.kind === 'block') this.#state = { ...this.#state, failed };
    else this.#state = { kind: 'block', failed, savepoints: [] };
  }

  /** Settings as they were at the last savepoint. */
  get lastSettings(): SettingsSavepoint | undefined {
    return this.#savepoints.at(-1)?.settings;
  }

  /** Settings as they were at each savepoint. */
  get savedSettings(): readonly SettingsSavepoint[] {
    return this.#savepoints.map(({ settings }) => settings);
  }

  /** The savepoint that a name means: the last one of that name. */
  findSavepoint(name: string): number | undefined {
    const at = this.#savepoints.findLastIndex((savepoint) => savepoint.name === name);
    return at < 0 ? undefined : at;
  }

  savepoint(name: string, state: SavedState): void {
    this.#keepSavepoints([...this.#savepoints, { name, ...state }], this.failed);
  }

  /** Forgets a savepoint and those made since; gives how things stood there. */
  release(at: number): SavedState | undefined {
    const saved = this.#savepoints[at];
    this.#keepSavepoints(this.#savepoints.slice(0, at), this.failed);
    return saved;
  }

  /** Forgets the savepoints made since, and the failure; gives what to go back to. */
  rollbackTo(at: number): SavedState | undefined {
    this.#keepSavepoints(this.#savepoints.slice(0, at + 1), false);
    return this.#savepoints[at];
  }

  get #savepoints(): readonly Savepoint[] {
    return this.#state.kind === 'block' ? this.#state.savepoints : [];
  }

  #keepSavepoints(savepoints: readonly Savepoint[], failed: boolean): void {
    if (this.#state.kind === 'block') this.#state = { kind: 'block', failed, savepoints };
  }
}

import type { PgError } from '@riffq/wire';
import { readError, readTag } from './backend-messages.js';
import { closeStatement, copyData, copyFail, sync } from './frontend-messages.js';
import type { MessageRun } from './message-runs.js';

/** What an exchange needs of the connection that it is on. */
export interface ExchangeHost {
  /** The next message that is not told to the session by itself. @throws PgError when there is none any more */
  read(): Promise<MessageRun>;
  write(...frames: readonly Uint8Array[]): Promise<void>;
  /** Asks the server, on a connection of its own, to end what runs. */
  cancel(): void;
  /** A statement was answered, and then the server said that Sync could not commit it. */
  failedAtSync(error: unknown): void;
  /** ReadyForQuery has come. Settles with why what was done cannot stand, when the next statement can be sent. */
  finish(exchange: Exchange, status: string): Promise<PgError | undefined>;
}

/** Messages that are for the reader of an answer. */
const contents: ReadonlySet<string> = new Set(['T', 't', 'D', 'd', 'G', 'H']);

/** What the proxy sent to the server up to a Sync or by a Query, and the answers up to ReadyForQuery. */
export class Exchange {
  readonly #host: ExchangeHost;
  readonly #isExtended: boolean;
  #tail: Promise<unknown> = Promise.resolve();
  /** What went wrong. */
  #error: unknown;
  #refusal: PgError | undefined;
  #tag = '';
  #isSuspended = false;
  #isFinished = false;
  #isAbandoned = false;
  /** The server takes COPY data. */
  #takesData = false;
  /** Another ReadyForQuery may come before the last one. */
  #isMarked = false;
  /** Settles when the server has told an error. */
  readonly failed: Promise<void>;
  #onFailed: () => void = () => {};
  /** Called when other statements wait for the end of this one, whose reader may have stopped. */
  onAwaited: () => void = () => {};

  constructor(host: ExchangeHost, isExtended: boolean) {
    this.#host = host;
    this.#isExtended = isExtended;
    this.failed = new Promise((resolve) => {
      this.#onFailed = resolve;
    });
  }

  /** The tag of CommandComplete, empty before it has come. */
  get tag(): string {
    return this.#tag;
  }

  /** A row limit was reached first. */
  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  /** Only what the Sync behind the statement does can still come. */
  get isAnswered(): boolean {
    return this.#isExtended && (this.#isSuspended || this.#tag !== '');
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Nobody wants the answers any more. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /**
   * The next message that has content: descriptions, rows, COPY. Undefined at ReadyForQuery.
   *
   * @throws PgError at ReadyForQuery, with what the server said went wrong.
   */
  next(): Promise<MessageRun | undefined> {
    const next = this.#tail.then(() => this.#read());
    this.#tail = next.catch(() => {});
    return next;
  }

  /** Sends COPY data. */
  async send(data: Uint8Array): Promise<void> {
    if (this.#takesData && this.#error === undefined) await this.#host.write(copyData(data));
  }

  /** Ends the COPY data, with CopyDone or CopyFail. */
  async endData(end: Uint8Array): Promise<void> {
    if (!this.#takesData) return;
    this.#takesData = false;
    const ending = this.#error === undefined ? [end] : [];
    if (this.#isExtended) {
      // The Sync that was sent with Execute is lost among the data, unless the server has failed before it took any. So what
      // comes behind another one is known by an answer that nothing else gets.
      this.#isMarked = true;
      ending.push(sync(), closeStatement(''), sync());
    }
    await this.#host.write(...ending);
  }

  /** Reads on to ReadyForQuery without regard to what comes; what runs is cancelled. */
  async abandon(): Promise<void> {
    if (this.#isFinished) return;
    this.cancel();
    await this.endData(copyFail('the client gave up'));
    try {
      while ((await this.next()) !== undefined);
    } catch {
      // The client has had its answer.
    }
  }

  /** Asks the server to end what runs, for a client that has had its answer. */
  cancel(): void {
    if (this.#isFinished || this.#isAbandoned) return;
    this.#isAbandoned = true;
    this.#host.cancel();
  }

  async #read(): Promise<MessageRun | undefined> {
    while (!this.#isFinished) {
      const run = await this.#host.read();
      if (contents.has(run.type)) {
        if (run.type === 'G') this.#takesData = true;
        return run;
      }
      if (run.type !== 'Z') this.#take(run);
      else if (!this.#isMarked) await this.#finish(String.fromCharCode(run.bytes[5] ?? 0));
    }
    const [error, refusal] = [this.#error, this.#refusal];
    this.#error = undefined;
    this.#refusal = undefined;
    if (refusal !== undefined) throw refusal;
    if (error === undefined) return undefined;
    if (!this.isAnswered) throw error;
    if (!this.#isAbandoned) this.#host.failedAtSync(error);
    return undefined;
  }

  #take({ type, bytes }: MessageRun): void {
    try {
      if (type === 'C') this.#tag = readTag(bytes);
      else if (type === 's') this.#isSuspended = true;
      else if (type === 'E') this.#fail(readError(bytes));
      else if (type === '3') this.#isMarked = false;
    } catch (error) {
      // What comes behind it is still to be read.
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#error = error;
    this.#onFailed();
  }

  async #finish(status: string): Promise<void> {
    this.#isFinished = true;
    this.#takesData = false;
    this.#refusal = await this.#host.finish(this, status);
  }
}

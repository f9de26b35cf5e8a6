import type { Session } from '@riffq/server';
import { type AuthenticationMessage, PasswordExchange, startupMessage } from '@riffq/testing';
import { isPgError, type NoticeFields, PgError, sqlstate } from '@riffq/wire';
import { readError, readNotice, readNotification, readParameterStatus } from './backend-messages.js';
import { ClientEncoding, inUtf8 } from './client-encoding.js';
import { Exchange, type ExchangeHost } from './exchange.js';
import { query, terminate } from './frontend-messages.js';
import type { MessageRun } from './message-runs.js';
import { requestCancel } from './request-cancel.js';
import type { UpstreamAddress } from './upstream-address.js';
import { refusedAuthentication, unreadableMessage, upstreamGone } from './upstream-errors.js';
import { UpstreamSocket } from './upstream-socket.js';

const authenticationNames: ReadonlyMap<number, string> = new Map([
  [0, 'AuthenticationOk'],
  [3, 'AuthenticationCleartextPassword'],
  [5, 'AuthenticationMD5Password'],
  [10, 'AuthenticationSASL'],
  [11, 'AuthenticationSASLContinue'],
  [12, 'AuthenticationSASLFinal'],
]);

/** Fails a block with a syntax error that the server's log explains, and does nothing else. */
const noStatement = 'proxy: the block has failed in the session before the proxy';

/** So many bytes of notices are sent in one go. */
const toldAtOnce = 64 * 1024;

/** The session with the server behind the proxy: what a client's session is there. */
export class Upstream implements ExchangeHost {
  readonly #address: UpstreamAddress;
  readonly #session: Session;
  readonly #socket: UpstreamSocket;
  /** What the server asks about a password. */
  #question: AuthenticationMessage | undefined;
  #key: Uint8Array = new Uint8Array();
  readonly #encoding = new ClientEncoding();
  /** The last ErrorResponse; a FATAL one says why the server is gone. */
  #lastError: PgError | undefined;
  #failure: PgError | undefined;
  /** What Sync has met there and the client has not been told. */
  #failureAtSync: unknown;
  #noticesAtSync: NoticeFields[] = [];
  #exchange: Exchange | undefined;
  #cancelling: Promise<void> = Promise.resolve();
  #onFinished: (() => void) | undefined;
  #forgetSignal = (): void => {};
  /** What the session was told and may not have sent. */
  #toldBytes = 0;
  #isLeaving = false;
  #isReadingIdle = false;

  private constructor(address: UpstreamAddress, session: Session, socket: UpstreamSocket) {
    this.#address = address;
    this.#session = session;
    this.#socket = socket;
  }

  /** Opens a session as the client's user, with all that the client started with. @throws PgError when it is refused */
  static async open(address: UpstreamAddress, session: Session): Promise<Upstream> {
    const socket = await UpstreamSocket.connect(address, session.signal);
    const upstream = new Upstream(address, session, socket);
    const given = [...session.startupParameters].filter(([name]) => !name.startsWith('_pq_.'));
    await socket.write(startupMessage('3.0', inUtf8(Object.fromEntries(given))));
    await upstream.#logIn();
    return upstream;
  }

  /** The server wants a password before it lets the client in. */
  get needsPassword(): boolean {
    return this.#question !== undefined;
  }

  /** Answers what the server asks. @throws PgError when it does not let the client in */
  async givePassword(password: string): Promise<void> {
    const exchange = new PasswordExchange(this.#session.user, password);
    while (this.#question !== undefined) {
      const answer = await exchange.answer(this.#question).catch((error: unknown) => {
        throw refusedAuthentication(error);
      });
      if (answer !== undefined) await this.#socket.write(answer);
      await this.#logIn();
    }
  }

  /** Sends frames that the server answers up to ReadyForQuery, when what was sent before has been answered. */
  async begin(frames: readonly Uint8Array[], kind: 'simple' | 'extended', signal?: AbortSignal): Promise<Exchange> {
    while (this.#exchange !== undefined) {
      const finished = this.#nextFinished();
      this.#exchange.onAwaited();
      await finished;
    }
    signal?.throwIfAborted();
    this.#tellNoticesAtSync();
    const exchange = new Exchange(this, kind === 'extended');
    this.#exchange = exchange;
    // A cancel request that comes late must not end another statement.
    await this.#cancelling;
    const onAbort = (): void => exchange.cancel();
    signal?.addEventListener('abort', onAbort);
    this.#forgetSignal = () => signal?.removeEventListener('abort', onAbort);
    await this.#socket.write(...frames);
    if (signal?.aborted) exchange.cancel();
    return exchange;
  }

  /** @throws PgError FATAL when the server is gone */
  async read(): Promise<MessageRun> {
    for (;;) {
      const run = this.#socket.take() ?? (await this.#await());
      if (run === undefined) throw this.#end(this.#lastWord());
      if (!this.#hear(run)) return run;
      this.#toldBytes += run.bytes.length;
      // A client that does not read notices makes the server wait.
      if (this.#toldBytes >= toldAtOnce) await this.#drain();
    }
  }

  async #await(): Promise<MessageRun | undefined> {
    // It may take its time.
    if (this.#toldBytes > 0) await this.#drain();
    return this.#socket.next();
  }

  #drain(): Promise<void> {
    this.#toldBytes = 0;
    return this.#session.drain();
  }

  write(...frames: readonly Uint8Array[]): Promise<void> {
    return this.#socket.write(...frames);
  }

  cancel(): void {
    this.#cancelling = requestCancel(this.#address, this.#key);
  }

  /** Passes the client's wish on; settles when the server has it. */
  async cancelRunning(): Promise<void> {
    if (this.#exchange !== undefined) this.cancel();
    await this.#cancelling;
  }

  failedAtSync(error: unknown): void {
    this.#failureAtSync = error;
  }

  /** @throws PgError when what was answered since the last Sync could not be committed */
  sync(): void {
    this.#tellNoticesAtSync();
    const failure = this.#failureAtSync;
    this.#failureAtSync = undefined;
    if (failure !== undefined) throw failure;
  }

  /** The client's block has failed, and this server does not know of it. */
  async failBlock(): Promise<void> {
    const exchange = await this.begin([query(noStatement)], 'simple');
    await exchange.next().catch((error: unknown) => {
      if (!isPgError(error) || error.sqlstate !== sqlstate.syntax_error) throw error;
    });
  }

  async finish(exchange: Exchange, status: string): Promise<PgError | undefined> {
    const { refusal } = this.#encoding;
    const settled = refusal === undefined ? status : await this.#undo(status);
    this.#exchange = undefined;
    this.#forgetSignal();
    const onFinished = this.#onFinished;
    this.#onFinished = undefined;
    // The client of an abandoned one was told of an error: it must not find its block unharmed.
    if (!(exchange.isAbandoned && settled === 'T')) this.#follow(settled);
    onFinished?.();
    this.#readIdle();
    return refusal;
  }

  /** Takes back the encoding that a statement has chosen, which fails its block. Answers the status then. */
  async #undo(status: string): Promise<string> {
    await this.#cancelling;
    await this.#socket.write(query(status === 'I' ? this.#encoding.restoring : noStatement));
    for (;;) {
      const { type, bytes } = await this.read();
      if (type === 'Z') return String.fromCharCode(bytes[5] ?? 0);
    }
  }

  /** Leaves as a client does. */
  close(): void {
    this.#isLeaving = true;
    this.#socket.end(terminate());
  }

  #nextFinished(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#onFinished;
      this.#onFinished = () => {
        before?.();
        resolve();
      };
    });
  }

  /** Reads up to a question about the password, or to the first ReadyForQuery. */
  async #logIn(): Promise<void> {
    for (;;) {
      const { type, bytes } = await this.read();
      if (type === 'E') throw readError(bytes);
      if (type === 'K') this.#key = bytes.subarray(5);
      else if (type === 'R') {
        const name = authenticationNames.get(bytes.readInt32BE(5)) ?? 'an unknown way';
        this.#question = name === 'AuthenticationOk' ? undefined : { name, body: bytes.subarray(5) };
        if (this.#question !== undefined) return;
      } else if (type === 'Z') {
        const { refusal } = this.#encoding;
        if (refusal !== undefined) {
          this.close();
          throw new PgError({ ...refusal.fields, severity: 'FATAL' });
        }
        this.#follow('I');
        this.#socket.onIdle = () => this.#readIdle();
        this.#readIdle();
        return;
      }
    }
  }

  #follow(status: string): void {
    if (status === 'I' || status === 'T' || status === 'E') this.#session.setTransactionStatus(status);
  }

  /** What comes between statements, no faster than the client reads it. */
  #readIdle(): void {
    if (this.#isReadingIdle) return;
    this.#isReadingIdle = true;
    this.#readWhileIdle().catch((error) => this.#session.close(isPgError(error) ? error : upstreamGone()));
  }

  async #readWhileIdle(): Promise<void> {
    while (this.#exchange === undefined) {
      const run = this.#socket.take();
      if (run === undefined) break;
      if (this.#hear(run)) await this.#session.drain();
    }
    this.#isReadingIdle = false;
    if (this.#exchange === undefined && this.#socket.ended) this.#end(this.#lastWord());
  }

  /** Takes what a server may say at any time; false for anything else. @throws PgError FATAL when it cannot be read */
  #hear(run: MessageRun): boolean {
    try {
      if (run.type === 'E') this.#lastError = readError(run.bytes);
      return this.#tell(run);
    } catch (error) {
      throw this.#end(unreadableMessage(error));
    }
  }

  /** Tells the session what is for it. */
  #tell({ type, bytes }: MessageRun): boolean {
    const session = this.#session;
    if (type === 'N') this.#notice(bytes);
    else if (type === 'A') {
      const { processId, channel, payload } = readNotification(bytes);
      session.notify(channel, payload, processId);
    } else if (type === 'S') {
      const { name, value } = readParameterStatus(bytes);
      if (this.#encoding.learn(name, value)) session.reportParameter(name, value);
    } else return false;
    return true;
  }

  /** What only Sync has the server say, a deferred trigger's notices, is told behind the answer. */
  #notice(bytes: Buffer): void {
    const waits = this.#exchange?.isAnswered === true && this.#toldBytes < toldAtOnce;
    const fields = readNotice(bytes);
    if (waits) this.#noticesAtSync.push(fields);
    else this.#session.notice(fields);
  }

  #tellNoticesAtSync(): void {
    for (const fields of this.#noticesAtSync) this.#session.notice(fields);
    this.#noticesAtSync = [];
  }

  /** Why the server is gone. */
  #lastWord(): PgError {
    const said = this.#lastError;
    return said !== undefined && said.severity !== 'ERROR' ? said : upstreamGone();
  }

  /** The server is gone, or cannot be understood, and so is the client's session. */
  #end(failure: PgError): PgError {
    this.#failure ??= failure;
    if (!this.#isLeaving) this.#session.close(this.#failure);
    return this.#failure;
  }
}

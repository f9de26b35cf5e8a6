import type { Session } from '@riffq/server';
import { type AuthenticationMessage, cancelRequest, PasswordExchange, startupMessage } from '@riffq/testing';
import { isPgError, PgError, sqlstate } from '@riffq/wire';
import { readError, readNotice, readNotification, readParameterStatus } from './backend-messages.js';
import { Exchange, type ExchangeHost } from './exchange.js';
import { query, terminate } from './frontend-messages.js';
import type { MessageRun } from './message-runs.js';
import type { UpstreamAddress } from './upstream-address.js';
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
  /** The last ErrorResponse; a FATAL one says why the server is gone. */
  #lastError: Buffer | undefined;
  #failure: PgError | undefined;
  /** What Sync has met there and the client has not been told. */
  #failureAtSync: PgError | undefined;
  #noticesAtSync: Buffer[] = [];
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
    // The proxy itself reads names and messages.
    const parameters = { ...Object.fromEntries(given), client_encoding: 'UTF8' };
    await socket.write(startupMessage('3.0', parameters));
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
      const answer = await exchange.answer(this.#question).catch(refusedAuthentication);
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
      if (run === undefined) throw this.#end();
      if (this.#tell(run)) {
        this.#toldBytes += run.bytes.length;
        // A client that does not read notices makes the server wait.
        if (this.#toldBytes >= toldAtOnce) await this.#drain();
        continue;
      }
      if (run.type === 'E') this.#lastError = run.bytes;
      return run;
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
    this.#cancelling = this.#requestCancel();
  }

  /** Passes the client's wish on; settles when the server has it. */
  async cancelRunning(): Promise<void> {
    if (this.#exchange !== undefined) this.cancel();
    await this.#cancelling;
  }

  failedAtSync(error: PgError): void {
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

  finished(exchange: Exchange, status: string): void {
    this.#exchange = undefined;
    this.#forgetSignal();
    const onFinished = this.#onFinished;
    this.#onFinished = undefined;
    // The client of an abandoned one was told of an error: it must not find its block unharmed.
    if (!(exchange.isAbandoned && status === 'T')) this.#follow(status);
    onFinished?.();
    this.#readIdle();
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
      if (this.#tell(run)) await this.#session.drain();
      else if (run.type === 'E') this.#lastError = run.bytes;
    }
    this.#isReadingIdle = false;
    if (this.#exchange === undefined && this.#socket.ended) this.#end();
  }

  /** Tells the session what a server may say at any time; false for anything else. */
  #tell({ type, bytes }: MessageRun): boolean {
    const session = this.#session;
    if (type === 'N') this.#notice(bytes);
    else if (type === 'A') {
      const { processId, channel, payload } = readNotification(bytes);
      session.notify(channel, payload, processId);
    } else if (type === 'S') {
      const { name, value } = readParameterStatus(bytes);
      session.reportParameter(name, value);
    } else return false;
    return true;
  }

  /** What only Sync has the server say, a deferred trigger's notices, is told behind the answer. */
  #notice(bytes: Buffer): void {
    const waits = this.#exchange?.isAnswered === true && this.#toldBytes < toldAtOnce;
    if (waits) this.#noticesAtSync.push(bytes);
    else this.#session.notice(readNotice(bytes));
  }

  #tellNoticesAtSync(): void {
    for (const bytes of this.#noticesAtSync) this.#session.notice(readNotice(bytes));
    this.#noticesAtSync = [];
  }

  /** The server is gone, and so is the client's session. */
  #end(): PgError {
    const said = this.#lastError === undefined ? undefined : readError(this.#lastError);
    this.#failure ??= said !== undefined && said.severity !== 'ERROR' ? said : upstreamGone();
    if (!this.#isLeaving) this.#session.close(this.#failure);
    return this.#failure;
  }

  async #requestCancel(): Promise<void> {
    try {
      const socket = await UpstreamSocket.connect(this.#address, AbortSignal.timeout(10_000));
      await socket.write(cancelRequest(this.#key));
      // The server closes when it has passed the request on.
      while ((await socket.next()) !== undefined);
    } catch {
      // What cannot be cancelled runs to its end.
    }
  }
}

function upstreamGone(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.admin_shutdown,
    message: 'terminating connection because the upstream server is gone',
  });
}

function refusedAuthentication(error: unknown): never {
  throw new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.invalid_authorization_specification,
    message: 'the upstream server cannot be given the password',
    detail: error instanceof Error ? error.message : String(error),
  });
}

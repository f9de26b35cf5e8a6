import type { Duplex } from 'node:stream';
import { serialize } from 'pg-protocol';
import { type AwaitedMessage, matcherOf, nameOf } from './awaited-message.js';
import { Connection } from './connection.js';
import { type RawSession, startSession } from './raw-session.js';
import type { ReceivedCounts } from './received-counts.js';
import type { ReceivedMessage } from './received-message.js';
import { Reply } from './reply.js';
import { type RawTls, secureStream } from './secure-stream.js';
import { type SendSplitOptions, sendPieces } from './send-pieces.js';
import { splitBytes } from './split-bytes.js';
import { connectTo, hostOf, type RawTarget } from './target.js';
import type { Wait } from './wait.js';

/** What a raw client can be told. */
export interface RawClientOptions {
  /** Milliseconds that each wait may last unless it has its own limit. @defaultValue 10000 */
  readonly timeout?: number;
  /** Ends the client when it aborts: the connection is closed, and what it waits for fails. */
  readonly signal?: AbortSignal;
}

/** Milliseconds that a server has to end the connection after Terminate. */
const grace = 1000;

/**
 * A client without a driver's opinions: it sends any bytes, reads back whole messages, and misbehaves on request. Frames
 * come from pg-protocol's `serialize`, or are any bytes. One wait at a time; what nobody has taken stays for the next.
 *
 * @example
 * ```ts
 * await using client = await RawClient.connect({ port: 5432 }, { user: 'alice', database: 'shop' });
 * const reply = await client.ask(serialize.query('select 1'));
 * console.log(reply.trace);
 * ```
 */
export class RawClient implements AsyncDisposable {
  readonly #connection: Connection;
  readonly #host: string | undefined;
  readonly #timeout: number;
  #closing: Promise<void> | undefined;

  private constructor(stream: Duplex, host: string | undefined, timeout: number, signal: AbortSignal | undefined) {
    this.#connection = new Connection(stream);
    this.#host = host;
    this.#timeout = timeout;
    const abort = () => this.#connection.destroy('the client was aborted');
    signal?.addEventListener('abort', abort, { once: true });
    this.closed.then(() => signal?.removeEventListener('abort', abort));
  }

  /**
   * Connects and sends nothing.
   *
   * @throws Error if nobody accepts there, or not in time.
   */
  static async open(target: RawTarget, options: RawClientOptions = {}): Promise<RawClient> {
    const { timeout = 10_000, signal } = options;
    const stream = await connectTo(target, { ...options, timeout });
    if (signal?.aborted) {
      stream.destroy();
      throw signal.reason;
    }
    return new RawClient(stream, hostOf(target), timeout, signal);
  }

  /** A client over a stream that leads to a server already; sends nothing. */
  static over(stream: Duplex, options: RawClientOptions = {}): RawClient {
    const { timeout = 10_000, signal } = options;
    signal?.throwIfAborted();
    return new RawClient(stream, undefined, timeout, signal);
  }

  /**
   * Connects, encrypts if `tls` is given, and opens a session.
   *
   * @throws PgError with what the server said, if it refuses the session.
   */
  static async connect(
    target: RawTarget,
    options: RawSession & RawClientOptions & { readonly tls?: RawTls },
  ): Promise<RawClient> {
    const client = await RawClient.open(target, options);
    try {
      if (options.tls !== undefined) await client.startTls(options.tls);
      await client.start(options);
    } catch (error) {
      await client.close();
      throw error;
    }
    return client;
  }

  /** The socket, encrypted or not: for its addresses, certificates, and how much of what was sent still waits in it. */
  get stream(): Duplex {
    return this.#connection.stream;
  }

  /**
   * Settles when nothing more can come: with the error that broke the connection, or with undefined if either side ended
   * it. As long as reading is paused nobody notices.
   */
  get closed(): Promise<Error | undefined> {
    return this.#connection.closed;
  }

  /** What has been read so far, taken or not. */
  get received(): ReceivedCounts {
    return this.#connection.received;
  }

  /** Process id and secret key as the last BackendKeyData gave them, for `cancelRequest`; empty before. */
  get backendKey(): Uint8Array {
    return this.#connection.backendKey;
  }

  /**
   * Encrypts the connection; nothing but GSSENCRequest can be before it.
   *
   * @throws Error if the server refuses, sends clear text behind its answer, or the handshake fails.
   */
  async startTls(tls: RawTls = {}, wait: Wait = {}): Promise<void> {
    if (tls.negotiation !== 'direct') {
      this.send(serialize.requestSsl());
      const { messages, error } = await this.#until('SSLResponse', isSslAnswer, wait);
      const answer = messages.at(-1)?.trace.trimEnd();
      if (answer !== 'B\t1\tSSLResponse\t S') throw new Error(`the server refuses TLS: ${answer}`, { cause: error });
    }
    const { inbox } = this.#connection;
    // https://www.postgresql.org/support/security/CVE-2021-23222/
    if (inbox.length > 0 || inbox.rest.length > 0) {
      throw new Error('the server sends clear text before the TLS handshake');
    }
    const stream = this.#connection.release();
    try {
      this.#connection.use(await secureStream(stream, this.#host, tls, { timeout: this.#timeout, ...wait }));
    } catch (error) {
      this.#connection.destroy('the TLS handshake failed');
      throw error;
    }
  }

  /**
   * Opens a session; gives all messages up to ReadyForQuery.
   *
   * @throws PgError with what the server said, if it refuses.
   */
  start(session: RawSession, wait: Wait = {}): Promise<Reply> {
    return startSession(
      session,
      (frame) => this.send(frame),
      (matches) => this.#until('ReadyForQuery', matches, wait),
    );
  }

  /**
   * Sends frames, or any bytes, in one write. To a server that is gone, nothing is sent.
   *
   * @throws Error if this side has ended the connection.
   */
  send(...frames: readonly Uint8Array[]): void {
    this.#connection.write(Buffer.concat(frames));
  }

  /**
   * Sends bytes in pieces: of one size, or of the sizes of a list and the rest. Settles when the kernel has all of them.
   * TCP may join pieces that it gets at once: with a `pause` they arrive one by one, and the sender is slow.
   *
   * @throws Error if the connection ends before, RangeError if a size is not a whole number above 0.
   */
  sendSplit(bytes: Uint8Array, sizes: number | readonly number[], options: SendSplitOptions = {}): Promise<void> {
    const connection = this.#connection;
    const write = (piece: Uint8Array, written: (error?: Error | null) => void) => connection.write(piece, written);
    return sendPieces(splitBytes(bytes, sizes), write, connection.gone, options);
  }

  /**
   * The messages that nobody has taken, up to the first such one. If it does not come, nothing is taken.
   *
   * @throws Error that shows the conversation, if the time is over, the signal aborts or the connection ends before.
   */
  until(awaited: AwaitedMessage, wait: Wait = {}): Promise<Reply> {
    return this.#until(nameOf(awaited), matcherOf(awaited), wait);
  }

  /** As `until`, but gives the message alone, and does not keep those before it: there may be millions. */
  async skipUntil(awaited: AwaitedMessage, wait: Wait = {}): Promise<ReceivedMessage> {
    const { inbox } = this.#connection;
    const matches = matcherOf(awaited);
    return this.#wait(nameOf(awaited), wait, () => {
      const found = inbox.find(matches, 0);
      inbox.take(found === -1 ? inbox.length : found);
      return inbox.take(1)[0];
    });
  }

  /** All that comes until the connection ends, in whatever way; `rest` has what is no message. */
  untilEnd(wait: Wait = {}): Promise<Reply> {
    const { inbox } = this.#connection;
    const all = () => new Reply(inbox.take(inbox.length), inbox.rest);
    return this.#wait('the end of the connection', wait, () => (this.#connection.ended ? all() : undefined));
  }

  /** Sends frames and gives what comes up to ReadyForQuery. */
  async ask(...frames: readonly Uint8Array[]): Promise<Reply> {
    this.send(...frames);
    return this.until('ReadyForQuery');
  }

  /**
   * Both sides of the conversation in the format of libpq's PQtrace, passwords too: each message where it was complete.
   * Of a long one it has the last 4 MiB at least.
   */
  trace(): string {
    return this.#connection.trace;
  }

  /** Reads nothing more until `resumeReading`. Up to some 100 KiB are in our socket by then, and more in the kernel. */
  pauseReading(): void {
    this.#connection.reader.pause();
  }

  /** Reads again. */
  resumeReading(): void {
    this.#connection.reader.resume();
  }

  /**
   * Reads slowly from now on; `Infinity` is as fast as it comes.
   *
   * @throws RangeError if the pace is not above 0.
   */
  readAtMost(bytesPerSecond: number): void {
    if (!(bytesPerSecond > 0)) throw new RangeError(`nobody can read ${bytesPerSecond} bytes per second`);
    this.#connection.reader.atMost(bytesPerSecond);
  }

  /** Ends our side alone: the server sees the end, and may still send. */
  halfClose(): void {
    this.stream.end();
  }

  /** Breaks the connection: with RST over TCP, at once and without a word over anything else. */
  reset(): void {
    this.#connection.destroy('the client has reset the connection', 'reset');
  }

  /** Terminates the session, if there is one, and closes the connection, whatever the server does. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const connection = this.#connection;
    if (connection.received.messages.has('ReadyForQuery') && !connection.ended) {
      if (!this.stream.writableEnded) this.send(serialize.end());
      this.stream.end();
      connection.discard();
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, grace);
        this.closed.then(() => clearTimeout(timer)).then(resolve);
      });
    }
    connection.destroy('the client was closed');
  }

  #until(what: string, matches: (message: ReceivedMessage) => boolean, wait: Wait): Promise<Reply> {
    const { inbox } = this.#connection;
    let looked = 0;
    return this.#wait(what, wait, () => {
      const found = inbox.find(matches, looked);
      looked = inbox.length;
      return found === -1 ? undefined : new Reply(inbox.take(found + 1));
    });
  }

  #wait<Found>(what: string, wait: Wait, look: () => Found | undefined): Promise<Found> {
    return this.#connection.wait(what, { timeout: this.#timeout, ...wait }, look);
  }
}

const isSslAnswer = ({ name }: ReceivedMessage): boolean => name === 'SSLResponse' || name === 'ErrorResponse';

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PgError, sqlstate } from '@riffq/wire';
import { type MessageRun, MessageRuns } from './message-runs.js';
import type { UpstreamAddress } from './upstream-address.js';

/**
 * A connection to the server behind the proxy: messages are read when somebody asks for them, so that a client that does not
 * read makes the server wait.
 */
export class UpstreamSocket {
  /** Called when something may have come and nobody waits for it, and once the connection has ended. */
  onIdle: () => void = () => {};
  readonly #socket: Socket;
  readonly #runs = new MessageRuns();
  #wakeReader: (() => void) | undefined;
  #ended = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const wake = (): void => this.#wake();
    socket.on('readable', wake);
    // 'close' follows an error.
    socket.on('error', () => {});
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** @throws PgError FATAL 08001 when nobody accepts there. */
  static async connect(address: UpstreamAddress, signal: AbortSignal): Promise<UpstreamSocket> {
    const socket = connect({ ...address, noDelay: true });
    try {
      await once(socket, 'connect', { signal });
    } catch (error) {
      socket.on('error', () => {}).destroy();
      throw new PgError({
        severity: 'FATAL',
        sqlstate: sqlstate.sqlclient_unable_to_establish_sqlconnection,
        message: 'could not connect to the upstream server',
        detail: error instanceof Error ? error.message : String(error),
        cause: error,
      });
    }
    return new UpstreamSocket(socket);
  }

  /** Nothing more comes, and all that came was read. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What has come already; undefined when that is no whole message. */
  take(): MessageRun | undefined {
    for (;;) {
      const run = this.#runs.next();
      if (run !== undefined) return run;
      const chunk: Buffer | null = this.#socket.read();
      if (chunk === null) return undefined;
      this.#runs.push(chunk);
    }
  }

  /** The next message or run of data; undefined when the connection has ended. One reader at a time. */
  async next(): Promise<MessageRun | undefined> {
    for (;;) {
      const run = this.take();
      if (run !== undefined || this.#ended) return run;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
  }

  /** Writes; settles when the server has taken enough to be sent more. */
  async write(...frames: readonly Uint8Array[]): Promise<void> {
    if (this.#ended) return;
    this.#socket.cork();
    let goOn = true;
    for (const frame of frames) goOn = this.#socket.write(frame);
    this.#socket.uncork();
    if (goOn) return;
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        this.#socket.off('drain', settle).off('close', settle);
        resolve();
      };
      this.#socket.on('drain', settle).on('close', settle);
    });
  }

  /** Says what is left to say and ends the connection. */
  end(frame: Uint8Array): void {
    this.#socket.end(frame);
    // What nobody reads any more would keep it open.
    this.#socket.removeAllListeners('readable').on('data', () => {});
  }

  #wake(): void {
    const wake = this.#wakeReader;
    this.#wakeReader = undefined;
    if (wake === undefined) this.onIdle();
    else wake();
  }
}

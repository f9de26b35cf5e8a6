import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { traceBackend } from '@riffq/wire';
import { Inbox } from './inbox.js';
import { Outbox } from './outbox.js';
import { PacedReader } from './paced-reader.js';
import type { ReceivedMessage } from './received-message.js';
import { notAllSent } from './send-pieces.js';
import { Transcript } from './transcript.js';
import { type Wait, watchWait } from './wait.js';

/** The stream to a server, what has come and gone over it, and how it ended. */
export class Connection {
  readonly inbox = new Inbox();
  readonly reader = new PacedReader((chunk) => this.#receive(chunk));
  readonly received = { bytes: 0, messages: new Map<string, number>() };
  /** Settles when nothing more can come: with the error that broke the connection, or with nothing if it was ended. */
  readonly closed: Promise<Error | undefined>;
  readonly #gone = new AbortController();
  readonly #outbox = new Outbox((answer) => this.inbox.expect(answer));
  readonly #transcript = new Transcript();
  /** What is below TLS. */
  readonly #transport: Duplex;
  #stream: Duplex;
  #backendKey: Uint8Array = new Uint8Array();
  #discarding = false;
  #destroyed = false;
  #failure: Error | undefined;
  /** How it ended, in words. */
  #ending: string | undefined;
  #settleClosed: (failure: Error | undefined) => void = () => undefined;
  /** Looks whether what is waited for has come. */
  #look: (() => void) | undefined;

  constructor(transport: Duplex) {
    this.closed = new Promise((resolve) => {
      this.#settleClosed = resolve;
    });
    this.#transport = transport;
    this.#stream = transport;
    this.use(transport);
  }

  /** What is read and written: a TLS socket after its handshake. */
  get stream(): Duplex {
    return this.#stream;
  }

  /** Aborts when nothing can come or go any more. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Whether nothing more can come. */
  get ended(): boolean {
    return this.#ending !== undefined;
  }

  /** The body of the last BackendKeyData. */
  get backendKey(): Uint8Array {
    return this.#backendKey;
  }

  /** The conversation, with what is not yet a message at its end. */
  get trace(): string {
    return this.#transcript.trace + this.#unfinished;
  }

  /** Writes bytes; `written` is called when the kernel has them, or with the error. */
  write(bytes: Uint8Array, written?: (error?: Error | null) => void): void {
    if (this.#stream.writableEnded || this.#destroyed) {
      throw new Error('nothing can be sent any more: this side has ended the connection');
    }
    // Looked at before and not after, so that an answer in the same turn comes after it in the trace.
    this.#transcript.add(this.#outbox.push(bytes));
    this.#stream.write(bytes, written);
  }

  /** Gives the stream to somebody else, for a handshake. */
  release(): Duplex {
    this.reader.detach();
    this.#stream.off('end', this.#onEnd).off('close', this.#onClose);
    return this.#stream;
  }

  /** Goes on over a stream. */
  use(stream: Duplex): void {
    this.#stream = stream;
    // 'close' follows.
    stream.on('error', (error: Error) => {
      this.#failure ??= error;
    });
    stream.on('end', this.#onEnd).on('close', this.#onClose);
    this.reader.attach(stream);
  }

  /** Reads on, and throws away what comes. */
  discard(): void {
    this.#discarding = true;
    this.reader.atMost(Number.POSITIVE_INFINITY);
    this.reader.resume();
  }

  /** Ends the connection at once; where there is such a thing, with a reset. */
  destroy(why: string, how: 'close' | 'reset' = 'close'): void {
    this.#destroyed = true;
    this.#end(why);
    this.#leave();
    const transport = this.#transport;
    // Unix sockets know no reset.
    if (how === 'reset' && transport instanceof Socket && transport.remoteAddress !== undefined) {
      transport.resetAndDestroy();
    }
    this.#stream.destroy();
    transport.destroy();
  }

  /**
   * Waits until `look` finds something.
   *
   * @throws Error that shows the conversation, if the time is over, the signal aborts or the connection ends first.
   */
  wait<Found>(what: string, wait: Wait & { readonly timeout: number }, look: () => Found | undefined): Promise<Found> {
    if (this.#look !== undefined) return Promise.reject(new Error('this client already waits for something'));
    return new Promise((resolve, reject) => {
      const settle = (settled: () => void) => {
        stop();
        this.#look = undefined;
        settled();
      };
      const stop = watchWait(wait, (error) =>
        settle(() => reject(this.#disappointment(what, error.message, error.cause))),
      );
      this.#look = () => {
        try {
          const found = look();
          const never = this.#ending ?? (this.inbox.broken ? 'what the server sends is no message' : undefined);
          if (found !== undefined) {
            settle(() => resolve(found));
          } else if (never !== undefined) {
            settle(() => reject(this.#disappointment(what, `did not come: ${never}`, this.#failure)));
          }
        } catch (error) {
          settle(() => reject(error));
        }
      };
      this.#look();
    });
  }

  #receive(chunk: Uint8Array): void {
    this.received.bytes += chunk.length;
    if (this.#discarding) return;
    const messages = this.inbox.push(chunk);
    for (const message of messages) this.#note(message);
    this.#transcript.add(messages);
    this.#look?.();
  }

  #note(message: ReceivedMessage): void {
    const { messages } = this.received;
    messages.set(message.name, (messages.get(message.name) ?? 0) + 1);
    if (message.name === 'BackendKeyData') this.#backendKey = message.body;
    else if (message.name === 'AuthenticationSASL') this.#outbox.passwordKind = 'SASLInitialResponse';
    else if (message.name === 'AuthenticationSASLContinue') this.#outbox.passwordKind = 'SASLResponse';
  }

  readonly #onEnd = (): void => this.#end('the server ended the connection');

  readonly #onClose = (): void => {
    this.#end(this.#failure ? `the connection broke (${this.#failure.message})` : 'the connection was closed');
    this.#leave();
  };

  #leave(): void {
    this.#gone.abort(notAllSent(this.#failure));
  }

  #end(why: string): void {
    if (this.#ending !== undefined) return;
    this.#ending = why;
    this.#settleClosed(this.#failure);
    this.#look?.();
  }

  get #unfinished(): string {
    return traceBackend(this.inbox.rest) + this.#outbox.rest.trace;
  }

  #disappointment(what: string, why: string, cause: unknown): Error {
    const conversation = this.#transcript.end + this.#unfinished || '(nothing)';
    return new Error(`${what} ${why}; the conversation so far:\n${conversation}`, { cause });
  }
}

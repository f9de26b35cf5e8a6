import { PgError, sqlstate } from '@riffq/wire';
import { protocolViolation } from '../errors/statement-errors.js';
import type { Interrupt } from '../interrupt.js';
import type { ClientSession } from './client-session.js';

/** The data that a client sends in COPY FROM STDIN, taken from the connection no faster than it is read here. */
export class CopyDataSource {
  readonly #session: ClientSession;
  readonly #interrupt: Interrupt;
  readonly #onBytes: (bytes: number) => void;
  readonly #place: (() => string) | undefined;
  #ended = false;
  #failure: PgError | undefined;

  /** `onBytes` is told of each piece of data; `place` says where in the data the reading is, for the CONTEXT of a CopyFail. */
  constructor(session: ClientSession, interrupt: Interrupt, onBytes: (bytes: number) => void, place?: () => string) {
    this.#session = session;
    this.#interrupt = interrupt;
    this.#onBytes = onBytes;
    this.#place = place;
  }

  /**
   * Reads on to CopyDone; what another reader of the same source has taken is gone, but for the client's CopyFail.
   *
   * @throws PgError 57014 for CopyFail, FATAL 08P01 for a message that has no place in a COPY
   */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    const { messages } = this.#session;
    if (this.#failure !== undefined) throw this.#failure;
    while (!this.#ended) {
      await this.#interrupt.race(Promise.resolve(messages.peek()));
      if (this.#session.ending !== undefined) throw this.#session.ending;
      if (this.#ended) return;
      const message = messages.take();
      switch (message?.type) {
        case 'CopyData':
          this.#onBytes(message.data.length);
          yield message.data;
          break;
        case 'CopyDone':
          this.#ended = true;
          break;
        case 'CopyFail':
          this.#ended = true;
          this.#failure = this.#failed(message.message);
          throw this.#failure;
        // They may have been sent before the client knew that a COPY begins.
        case 'Flush':
        case 'Sync':
          break;
        default:
          this.#ended = true;
          this.#session.send({ type: 'ErrorResponse', fields: this.#unexpected().fields });
          this.#failure = protocolViolation(
            'terminating connection because protocol synchronization was lost',
            'FATAL',
          );
          throw this.#failure;
      }
    }
  }

  /** What the client did against the protocol: it ends the session, whatever a handler makes of it. */
  get violation(): PgError | undefined {
    return this.#failure?.severity === 'FATAL' ? this.#failure : undefined;
  }

  /** Ends the reading, also one that waits for the client: what comes now belongs to somebody else. */
  stop(): void {
    this.#ended = true;
  }

  #unexpected(): PgError {
    const type = this.#session.messages.taken?.type ?? 0;
    return new PgError({
      sqlstate: sqlstate.protocol_violation,
      message: `unexpected message type 0x${type.toString(16).toUpperCase().padStart(2, '0')} during COPY from stdin`,
      ...this.#context(),
    });
  }

  #context(): { readonly where?: string } {
    return this.#place === undefined ? {} : { where: this.#place() };
  }

  #failed(reason: string): PgError {
    return new PgError({
      sqlstate: sqlstate.query_canceled,
      message: `COPY from stdin failed: ${reason}`,
      ...this.#context(),
      cause: new Error(reason),
    });
  }
}

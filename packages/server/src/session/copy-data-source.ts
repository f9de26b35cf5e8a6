import { PgError, sqlstate } from '@riffq/wire';
import { protocolViolation } from '../errors.js';
import type { Interrupt } from '../interrupt.js';
import type { ClientSession } from './client-session.js';

/** The data that a client sends in COPY FROM STDIN, taken from the connection no faster than it is read here. */
export class CopyDataSource {
  readonly #session: ClientSession;
  readonly #place: () => string;
  readonly #interrupt: Interrupt;
  #ended = false;

  /** `place` says where in the data the reading is, for the CONTEXT of a CopyFail. */
  constructor(session: ClientSession, place: () => string, interrupt: Interrupt) {
    this.#session = session;
    this.#place = place;
    this.#interrupt = interrupt;
  }

  /**
   * Reads on to CopyDone; what another reader of the same source has taken is gone.
   *
   * @throws PgError 57014 for CopyFail, FATAL 08P01 for a message that has no place in a COPY
   */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    const { messages } = this.#session;
    while (!this.#ended) {
      await this.#interrupt.race(Promise.resolve(messages.peek()));
      if (this.#session.ending !== undefined) throw this.#session.ending;
      const message = messages.take();
      switch (message?.type) {
        case 'CopyData':
          yield message.data;
          break;
        case 'CopyDone':
          this.#ended = true;
          break;
        case 'CopyFail':
          this.#ended = true;
          throw this.#failed(message.message);
        // They may have been sent before the client knew that a COPY begins.
        case 'Flush':
        case 'Sync':
          break;
        default:
          throw protocolViolation(`unexpected message ${message?.type ?? ''} during COPY from stdin`, 'FATAL');
      }
    }
  }

  #failed(reason: string): PgError {
    return new PgError({
      sqlstate: sqlstate.query_canceled,
      message: `COPY from stdin failed: ${reason}`,
      where: this.#place(),
    });
  }
}

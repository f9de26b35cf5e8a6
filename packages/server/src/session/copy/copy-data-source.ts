import {
  decodeFrontendMessage,
  type Frame,
  type FrontendTypeName,
  frontendTypeName,
  ImpossibleLengthError,
  isPgError,
  PgError,
  sqlstate,
} from '@riffq/wire';
import type { Awaitable } from '../../awaitable.js';
import { protocolViolation } from '../../errors/statement-errors.js';
import type { Interrupt } from '../../interrupt.js';
import type { ClientSession } from '../client-session.js';

/** The messages that have a place in a COPY. */
const belongs: ReadonlySet<FrontendTypeName | undefined> = new Set<FrontendTypeName>([
  'CopyData',
  'CopyDone',
  'CopyFail',
  'Flush',
  'Sync',
]);

/** The data that a client sends in COPY FROM STDIN, taken from the connection no faster than it is read here. */
export class CopyDataSource {
  readonly #session: ClientSession;
  readonly #interrupt: Interrupt;
  readonly #onBytes: (bytes: number) => void;
  readonly #place: (() => string) | undefined;
  #ended = false;
  #failure: PgError | undefined;
  /** What the client is to be told before its session ends. */
  #objection: PgError | undefined;
  #isInStep = true;

  /** `onBytes` is told of each piece of data; `place` says where in the data the reading is, for the CONTEXT of a CopyFail. */
  constructor(session: ClientSession, interrupt: Interrupt, onBytes: (bytes: number) => void, place?: () => string) {
    this.#session = session;
    this.#interrupt = interrupt;
    this.#onBytes = onBytes;
    this.#place = place;
  }

  /**
   * Reads on to CopyDone; what another reader of the same source has taken is gone, but for what went wrong.
   *
   * @throws PgError 57014 for CopyFail, FATAL 08P01 for a message that has no place in a COPY
   */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#failure !== undefined) throw this.#failure;
    while (!this.#ended) {
      const arrival = this.#awaitFrame();
      if (arrival instanceof Promise) await this.#interrupt.race(arrival);
      else this.#interrupt.throwIfAborted();
      if (this.#session.ending !== undefined) throw this.#session.ending;
      if (this.#ended) return;
      const frame = this.#session.messages.arrivedFrame;
      if (frame === undefined) return;
      // What has no place here stays: if the data before it were refused, it is another's.
      this.#requirePlace(frame.type);
      this.#session.messages.takeFrame();
      const data = this.#take(frame);
      if (data === undefined) continue;
      this.#onBytes(data.length);
      yield data;
    }
  }

  /** What the client did against the protocol: it ends the session, unless the data before it were refused. */
  get violation(): PgError | undefined {
    return this.#failure?.severity === 'FATAL' ? this.#failure : undefined;
  }

  /** Whether it is known where the next message begins. */
  get isInStep(): boolean {
    return this.#isInStep;
  }

  /** Tells the client what it did against the protocol, and where in the data, if only who reads them knows that. */
  tellViolation(where?: string): void {
    const objection = this.#objection;
    this.#objection = undefined;
    if (objection === undefined) return;
    const place = where === undefined ? {} : { where };
    this.#session.send({ type: 'ErrorResponse', fields: { ...objection.fields, ...place } });
  }

  /** Ends the reading, also one that waits for the client: what comes now belongs to somebody else. */
  stop(): void {
    this.#ended = true;
  }

  /** The data of CopyData, undefined for anything else. */
  #take(frame: Frame): Uint8Array | undefined {
    const type = frontendTypeName(frame.type);
    // As with PostgreSQL, nobody looks at what is in these. Flush and Sync may have been sent before the client knew that a
    // COPY begins.
    if (type === 'CopyDone') this.#ended = true;
    if (type !== 'CopyData' && type !== 'CopyFail') return undefined;
    try {
      const message = decodeFrontendMessage(frame);
      if (message.type === 'CopyData') return message.data;
      throw this.#failed(message.type === 'CopyFail' ? message.message : '');
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** Until the next message is there, or the client is gone. @throws PgError FATAL when nothing can be read any more */
  #awaitFrame(): Awaitable<unknown> {
    try {
      const next = this.#session.messages.peekFrame();
      return next instanceof Promise ? next.catch((error: unknown) => this.#refuse(error)) : undefined;
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /** Nothing can be read any more. */
  #refuse(error: unknown): void {
    // Then it is not this COPY's.
    if (this.#ended || this.#interrupt.reason !== undefined) return;
    this.#isInStep = false;
    this.#requirePlace(this.#session.messages.refusedType ?? 0);
    throw error instanceof ImpossibleLengthError ? this.#lose(this.#cutOff()) : this.#fail(error);
  }

  /** The same error for everybody who reads here. */
  #fail(error: unknown): unknown {
    this.#ended = true;
    if (isPgError(error)) this.#failure = error;
    return error;
  }

  #requirePlace(type: number): void {
    if (!belongs.has(frontendTypeName(type))) throw this.#lose(this.#unexpected(type));
  }

  /** The client and the server do not mean the same any more. */
  #lose(error: PgError): unknown {
    this.#objection = error;
    return this.#fail(protocolViolation('terminating connection because protocol synchronization was lost', 'FATAL'));
  }

  #unexpected(type: number): PgError {
    return new PgError({
      sqlstate: sqlstate.protocol_violation,
      message: `unexpected message type 0x${type.toString(16).toUpperCase().padStart(2, '0')} during COPY from stdin`,
      ...this.#context(),
    });
  }

  #cutOff(): PgError {
    return new PgError({
      sqlstate: sqlstate.connection_failure,
      message: 'unexpected EOF on client connection with an open transaction',
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

import { setImmediate } from 'node:timers/promises';
import { type FrontendMessage, PgError, sqlstate } from '@riffq/wire';
import { type Awaitable, andThen } from '../awaitable.js';
import { protocolViolation } from '../errors/statement-errors.js';
import { Interrupt } from '../interrupt.js';
import { asRunning } from './as-running.js';
import type { ClientSession } from './client-session.js';
import { describeStatement } from './extended-query/describe.js';
import { describeHandlersCursor } from './extended-query/describe-cursor.js';
import { describePortal, execute } from './extended-query/execute.js';
import { bind, close, findPortal, findStatement, parse } from './extended-query/extended-query.js';
import { failPortals } from './extended-query/portals.js';
import { RepeatedQuery } from './extended-query/repeated-query.js';
import { sync } from './extended-query/sync.js';
import type { MessageSource } from './message-source.js';
import { simpleQuery } from './simple-query.js';
import { endTransaction } from './transaction/transaction-command.js';

const answeredWithReadyForQuery = new Set<string | undefined>(['Query', 'FunctionCall', 'Sync']);

/** Messages that are handled in one turn of the event loop: other clients must get theirs. */
const messagesPerTurn = 100;

/** Serves an admitted client: its messages strictly in order, until Terminate, a fatal error, or its end. */
export function serveMessages(session: ClientSession): Promise<void> {
  return new Promise((resolve, reject) => {
    new MessageLoop(session, resolve, reject).advance();
  });
}

/** No promise is made where nothing has to be waited for: most messages are handled in the turn in which they arrive. */
class MessageLoop {
  readonly #session: ClientSession;
  readonly #onEnd: () => void;
  readonly #onError: (error: unknown) => void;
  /** After an error in an extended query everything up to Sync is read and dropped. */
  #skipping = false;
  readonly #repeated: RepeatedQuery;
  #handled = 0;
  readonly #onArrival = (): void => {
    this.#session.handling = true;
    this.advance();
  };

  constructor(session: ClientSession, onEnd: () => void, onError: (error: unknown) => void) {
    this.#session = session;
    this.#onEnd = onEnd;
    this.#onError = onError;
    this.#repeated = new RepeatedQuery(session);
    session.handling = true;
  }

  /** Goes as far as it can at once, and later on from there by itself. */
  advance(): void {
    this.#session.activity.tick();
    try {
      const step = this.#handleArrived();
      if (step === 'ended') this.#onEnd();
      else if (step instanceof Promise) step.then(() => this.advance(), this.#onError);
    } catch (error) {
      this.#onError(error);
    }
  }

  /** Handles what has arrived, or gives what has to be waited for. */
  #handleArrived(): 'ended' | 'waiting' | Promise<void> {
    const session = this.#session;
    const { messages } = session;
    while (session.ending === undefined) {
      let type: FrontendMessage['type'] | undefined;
      try {
        if (this.#skipping) messages.skipToSync();
        type = this.#repeated.type;
        const repeated = this.#repeated.handleNext();
        if (repeated === undefined) {
          const pause = this.#pause();
          if (pause !== undefined) return pause;
          continue;
        }
        if (repeated !== false) return this.#awaitHandling(type, repeated);
        type = undefined;
        const message = messages.take();
        if (message === undefined) return this.#rest();
        if (message.type === 'Terminate') return 'ended';
        type = message.type;
        this.#skipping = false;
        session.wake();
        const handling = handle(session, message, messages);
        if (handling instanceof Promise) return this.#awaitHandling(type, handling);
        this.#remember(message);
      } catch (error) {
        return this.#recover(type, error);
      }
      const pause = this.#pause();
      if (pause !== undefined) return pause;
    }
    return 'ended';
  }

  async #awaitHandling(type: FrontendMessage['type'] | undefined, handling: Promise<void>): Promise<void> {
    try {
      await handling;
    } catch (error) {
      return this.#recover(type, error);
    }
    return this.#pause();
  }

  #remember(message: FrontendMessage): void {
    const { taken } = this.#session.messages;
    if (taken !== undefined) this.#repeated.remember(taken, message);
  }

  /** Waits for the client's next message. */
  #rest(): 'waiting' {
    const session = this.#session;
    session.outbound.flush();
    session.handling = false;
    session.inbound.onceArrived(this.#onArrival);
    return 'waiting';
  }

  async #recover(type: FrontendMessage['type'] | undefined, error: unknown): Promise<void> {
    const session = this.#session;
    if (session.ending !== undefined) return;
    const wasFailed = session.transaction.failed;
    session.fail(error);
    await rollBack(session);
    if (session.transaction.failed && !wasFailed) await tellOfFailedBlock(session);
    // Only messages of the extended query skip to Sync; others are answered with ReadyForQuery whatever happens.
    // A COPY has taken others since; a message that could not be decoded is known by its type alone.
    if (answeredWithReadyForQuery.has(type ?? session.messages.takenType)) session.readyForQuery();
    else this.#skipping = true;
    return this.#pause();
  }

  /** After each message: a client that does not read is waited for, and others get their turn. */
  #pause(): Promise<void> | undefined {
    const { outbound } = this.#session;
    this.#handled += 1;
    const turnEnds = this.#handled % messagesPerTurn === 0;
    if (!outbound.full) return turnEnds ? setImmediate() : undefined;
    return turnEnds ? outbound.drain().then(() => setImmediate()) : outbound.drain();
  }
}

function handle(session: ClientSession, message: FrontendMessage, messages: MessageSource): Awaitable<void> {
  switch (message.type) {
    case 'Query':
      return andThen(simpleQuery(session, message.sql), () => session.readyForQuery());
    case 'Parse':
      return parse(session, message);
    case 'Bind':
      return bind(session, message);
    case 'Describe':
      if (message.kind === 'statement') return describeStatement(session, findStatement(session, message.name));
      return describe(session, message.name, messages);
    case 'Execute':
      return execute(session, findPortal(session, message.portal), message.maxRows, messages);
    case 'Close':
      return close(session, message);
    case 'Flush':
      session.outbound.flush();
      return;
    case 'Sync':
      return andThen(sync(session), () => session.readyForQuery());
    case 'FunctionCall':
      throw new PgError({
        sqlstate: sqlstate.feature_not_supported,
        message: 'function call messages are not supported',
        hint: 'Call the function in a query.',
      });
    // Late messages of a COPY that has failed: PostgreSQL ignores them too.
    case 'CopyData':
    case 'CopyDone':
    case 'CopyFail':
      return;
    default:
      throw protocolViolation(`invalid frontend message type ${message.type}`, 'FATAL');
  }
}

function describe(session: ClientSession, name: string, messages: MessageSource): Awaitable<void> {
  const portal = session.portals.get(name);
  return portal === undefined ? describeHandlersCursor(session, name) : describePortal(session, portal, messages);
}

/** After an error nothing is left but a block of the client's own. What the rollback meets can only be logged. */
async function rollBack(session: ClientSession): Promise<void> {
  if (session.transaction.kind === 'block') return failPortals(session, session.transaction.depth);
  try {
    // Nobody cancels a rollback, as with PostgreSQL: the handler's own transaction would stay open.
    await asRunning(session, new Interrupt(), () => endTransaction(session, 'rollback', session.interrupt));
  } catch (error) {
    if (session.ending !== undefined) return;
    session.host.logger.error({ err: error, connectionId: session.connectionId }, 'a rollback failed');
  }
}

/** Who forwards has not failed the block there, where it was the session that has found the error. */
async function tellOfFailedBlock(session: ClientSession): Promise<void> {
  const { connection, host, interrupt } = session;
  if (connection.handleFailedBlock === undefined) return;
  const context = { session, signal: interrupt.signalFor(host.logger) };
  try {
    await asRunning(session, new Interrupt(), () =>
      interrupt.race(Promise.resolve(connection.handleFailedBlock?.(context))),
    );
  } catch (error) {
    if (session.ending !== undefined) return;
    host.logger.error({ err: error, connectionId: session.connectionId }, 'handleFailedBlock failed');
  }
}

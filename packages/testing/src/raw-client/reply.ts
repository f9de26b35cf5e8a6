import { type PgError, traceBackend } from '@riffq/wire';
import { errorOf } from './error-response.js';
import type { ReceivedMessage } from './received-message.js';

/** Some messages in the order in which the server sent them. */
export class Reply {
  readonly messages: readonly ReceivedMessage[];
  /** Only from `untilEnd`: bytes behind the messages that are none, as in the errors of protocol 2.0. */
  readonly rest: Uint8Array;

  constructor(messages: readonly ReceivedMessage[], rest: Uint8Array = new Uint8Array()) {
    this.messages = messages;
    this.rest = rest;
  }

  /** A line for each message in the format of libpq's PQtrace without time stamps. */
  get trace(): string {
    return this.messages.map((message) => message.trace).join('') + traceBackend(this.rest);
  }

  /** The names of the messages. */
  get names(): readonly string[] {
    return this.messages.map((message) => message.name);
  }

  /** The first ErrorResponse, read; undefined if there is none. */
  get error(): PgError | undefined {
    const message = this.messages.find(({ name }) => name === 'ErrorResponse');
    return message && errorOf(message.body);
  }
}

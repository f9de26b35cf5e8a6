import { traceBackend } from '@riffq/wire';
import { backendMessageName, type EncryptionAnswer } from './message-name.js';

/** A message as the server sent it. */
export class ReceivedMessage {
  /** The manual's name, `ReadyForQuery`; for a type that no message has, what libpq's trace says of it. */
  readonly name: string;
  /** All of it, type and length too. */
  readonly bytes: Uint8Array;
  /** What follows type and length. */
  readonly body: Uint8Array;
  readonly #isAnswer: boolean;

  /** @param answer - given when the bytes are the single one that answers an encryption request. */
  constructor(bytes: Uint8Array, answer?: EncryptionAnswer) {
    this.#isAnswer = answer !== undefined;
    this.name = answer ?? backendMessageName(bytes);
    this.bytes = bytes;
    this.body = this.#isAnswer ? bytes : bytes.subarray(5);
  }

  /** The message in the format of libpq's PQtrace, with the line's end. */
  get trace(): string {
    if (this.#isAnswer) return `B\t1\t${this.name}\t ${String.fromCharCode(...this.bytes)}\n`;
    return traceBackend(this.bytes);
  }
}

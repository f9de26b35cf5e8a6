import { MessageCutter } from './message-cutter.js';
import type { EncryptionAnswer } from './message-name.js';
import { ReceivedMessage } from './received-message.js';

const answerBytes = new Set([...'SNG'].map((letter) => letter.charCodeAt(0)));

/** What a server has sent and nobody has taken yet. */
export class Inbox {
  readonly #cutter = new MessageCutter(5);
  readonly #expected: EncryptionAnswer[] = [];
  readonly #messages: ReceivedMessage[] = [];

  /** How many messages wait. */
  get length(): number {
    return this.#messages.length;
  }

  /** Whether something came that no message can begin with. */
  get broken(): boolean {
    return this.#cutter.broken;
  }

  /** The bytes that are no whole message yet, or never will be. */
  get rest(): Uint8Array {
    return this.#cutter.rest;
  }

  /** Announces that a single byte will come, which is no message. */
  expect(answer: EncryptionAnswer): void {
    this.#expected.push(answer);
  }

  /** Adds bytes, and gives the messages that they complete. */
  push(chunk: Uint8Array): readonly ReceivedMessage[] {
    this.#cutter.push(chunk);
    const before = this.#messages.length;
    for (let message = this.#next(); message !== undefined; message = this.#next()) this.#messages.push(message);
    return this.#messages.slice(before);
  }

  /** Where the first message is that matches, looking from an index on; -1 if there is none. */
  find(matches: (message: ReceivedMessage) => boolean, from: number): number {
    for (let index = from; index < this.#messages.length; index += 1) {
      const message = this.#messages[index];
      if (message !== undefined && matches(message)) return index;
    }
    return -1;
  }

  /** Takes the first messages. */
  take(count: number): readonly ReceivedMessage[] {
    return this.#messages.splice(0, count);
  }

  #next(): ReceivedMessage | undefined {
    const byte = this.#expected.length > 0 ? this.#cutter.peek() : undefined;
    const answer = byte === undefined ? undefined : this.#expected.shift();
    // Instead of the byte there may be an ErrorResponse, from a server that does not know the request.
    if (byte !== undefined && answerBytes.has(byte)) return new ReceivedMessage(this.#cutter.take(1), answer);
    const bytes = this.#cutter.next();
    return bytes && new ReceivedMessage(bytes);
  }
}

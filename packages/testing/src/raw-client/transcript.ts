import type { ReceivedMessage } from './received-message.js';
import type { SentMessage } from './sent-message.js';

const maximumBytes = 4 * 1024 * 1024;
/** What a message costs besides its bytes, about. */
const overhead = 100;
const endLength = 8192;

/** The conversation's messages of both sides in the order in which they were complete; of a long one, the end. */
export class Transcript {
  #messages: (ReceivedMessage | SentMessage)[] = [];
  #bytes = 0;
  #forgotten = 0;

  /** Adds messages. */
  add(messages: readonly (ReceivedMessage | SentMessage)[]): void {
    for (const message of messages) {
      this.#messages.push(message);
      this.#bytes += message.bytes.length + overhead;
    }
    if (this.#bytes > 2 * maximumBytes) this.#forget();
  }

  /** A line for each message; the first tells how many are no longer there, if that is so. */
  get trace(): string {
    return this.#headed(this.#forgotten, this.#messages.map((message) => message.trace).join(''));
  }

  /** The last lines, few enough for an error's message. */
  get end(): string {
    let text = '';
    let index = this.#messages.length;
    while (index > 0 && text.length < endLength) {
      index -= 1;
      const line = this.#messages[index]?.trace ?? '';
      text = (line.length > endLength ? `${line.slice(0, endLength)}...\n` : line) + text;
    }
    return this.#headed(this.#forgotten + index, text);
  }

  #headed(left: number, text: string): string {
    return left === 0 ? text : `(${left} messages before)\n${text}`;
  }

  #forget(): void {
    let first = 0;
    // The last one stays, however large.
    for (; this.#bytes > maximumBytes && first < this.#messages.length - 1; first += 1) {
      this.#bytes -= (this.#messages[first]?.bytes.length ?? 0) + overhead;
    }
    this.#messages = this.#messages.slice(first);
    this.#forgotten += first;
  }
}

import type { PasswordKind } from '@riffq/wire';
import { MessageCutter } from './message-cutter.js';
import type { EncryptionAnswer } from './message-name.js';
import { requestCode } from './request-code.js';
import { SentMessage } from './sent-message.js';

/** Follows what a client sends, in whatever pieces, and tells the messages in it. */
export class Outbox {
  /** What the next message of type `p` is: its bytes do not tell. */
  passwordKind: PasswordKind = 'PasswordMessage';
  /** Start-up packets come first, and have no type. */
  readonly #cutter = new MessageCutter(4);
  /** Is told of each encryption request: it is answered with a single byte. */
  readonly #onEncryptionRequest: (answer: EncryptionAnswer) => void;

  constructor(onEncryptionRequest: (answer: EncryptionAnswer) => void) {
    this.#onEncryptionRequest = onEncryptionRequest;
  }

  /** What has been sent of a message that is not complete, or of what is no message. */
  get rest(): SentMessage {
    return this.#message(this.#cutter.rest);
  }

  /** Adds bytes, and gives the messages that they complete. */
  push(bytes: Uint8Array): readonly SentMessage[] {
    this.#cutter.push(bytes);
    const messages: SentMessage[] = [];
    for (let next = this.#cutter.next(); next !== undefined; next = this.#cutter.next()) {
      messages.push(this.#message(next));
      if (this.#cutter.headerLength === 4) this.#leaveStartup(next);
    }
    return messages;
  }

  #message(bytes: Uint8Array): SentMessage {
    return new SentMessage(bytes, { startup: this.#cutter.headerLength === 4, passwordKind: this.passwordKind });
  }

  #leaveStartup(packet: Uint8Array): void {
    const code = packet.length < 8 ? 0 : new DataView(packet.buffer, packet.byteOffset).getInt32(4);
    if (code === requestCode.SSLRequest) this.#onEncryptionRequest('SSLResponse');
    else if (code === requestCode.GSSENCRequest) this.#onEncryptionRequest('GSSENCResponse');
    else if (code !== requestCode.CancelRequest) this.#cutter.headerLength = 5;
  }
}

import {
  decodeFrontendMessage,
  type Frame,
  type FrontendMessage,
  type FrontendTypeName,
  frontendTypeName,
} from '@riffq/wire';
import type { Awaitable } from '../awaitable.js';
import type { Inbound } from '../io/inbound.js';

/** A session's messages, in order, with a look at the one that comes next. */
export class MessageSource {
  readonly #inbound: Inbound;
  readonly #beforeWait: () => void;
  #decoded: { readonly frame: Frame; readonly message: FrontendMessage } | undefined;
  #taken: Frame | undefined;
  #takenType: FrontendTypeName | undefined;

  /** `beforeWait` is called when the client has to send something before the session goes on. */
  constructor(inbound: Inbound, beforeWait: () => void) {
    this.#inbound = inbound;
    this.#beforeWait = beforeWait;
  }

  /** The kind of the message that was taken last, known even when it could not be decoded. */
  get takenType(): FrontendTypeName | undefined {
    return this.#takenType;
  }

  /** The message that was taken last, as it came. */
  get taken(): Frame | undefined {
    return this.#taken;
  }

  /** Passes over so many bytes of whole messages that the caller knows, of which the last is of this kind. */
  skip(length: number, lastType: FrontendTypeName): void {
    this.#takenType = lastType;
    this.#inbound.skip(length);
  }

  /** Takes the next message; undefined when it has not arrived. Throws when it is malformed. */
  take(): FrontendMessage | undefined {
    const ahead = this.#decoded;
    this.#decoded = undefined;
    const frame = this.#inbound.take();
    // None is kept while the client is silent.
    this.#taken = frame;
    if (frame === undefined) return undefined;
    this.#takenType = frontendTypeName(frame.type);
    return ahead?.frame === frame ? ahead.message : decodeFrontendMessage(frame);
  }

  /** Drops messages, undecoded, up to the next Sync or Terminate that has arrived. */
  skipToSync(): void {
    for (let frame = this.#inbound.peek(); frame !== undefined; frame = this.#inbound.peek()) {
      const type = frontendTypeName(frame.type);
      if (type === 'Sync' || type === 'Terminate') return;
      this.#inbound.take();
    }
  }

  /** The next message, which stays; waits for it. Undefined when the client is gone or what comes is malformed. */
  peek(): Awaitable<FrontendMessage | undefined> {
    const frame = this.#inbound.peek();
    return frame === undefined ? this.#awaitMessage() : this.#decode(frame);
  }

  async #awaitMessage(): Promise<FrontendMessage | undefined> {
    let frame = this.#inbound.peek();
    while (frame === undefined && !this.#inbound.finished) {
      this.#beforeWait();
      await this.#inbound.wait();
      frame = this.#inbound.peek();
    }
    return frame === undefined ? undefined : this.#decode(frame);
  }

  #decode(frame: Frame): FrontendMessage | undefined {
    try {
      this.#decoded = { frame, message: decodeFrontendMessage(frame) };
      return this.#decoded.message;
    } catch {
      // Its error belongs to its own turn: `take` decodes it again and throws.
      return undefined;
    }
  }
}

import {
  decodeFrontendMessage,
  type Frame,
  type FrontendMessage,
  type FrontendTypeName,
  frontendTypeName,
} from '@riffq/wire';
import { type Awaitable, andThen } from '../awaitable.js';
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
    const frame = this.takeFrame();
    if (frame === undefined) return undefined;
    // Outside of a COPY nobody looks at what these say, as with PostgreSQL.
    if (this.#takenType === 'CopyFail') return { type: 'CopyFail', message: '' };
    if (this.#takenType === 'CopyDone') return { type: 'CopyDone' };
    return ahead?.frame === frame ? ahead.message : decodeFrontendMessage(frame);
  }

  /** The same, undecoded: for those whom not every part of it concerns. */
  takeFrame(): Frame | undefined {
    this.#decoded = undefined;
    const frame = this.#inbound.take();
    // None is kept while the client is silent.
    this.#taken = frame;
    if (frame !== undefined) this.#takenType = frontendTypeName(frame.type);
    return frame;
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
    return andThen(this.peekFrame(), (frame) => (frame === undefined ? undefined : this.#decode(frame)));
  }

  /** The same, undecoded. Undefined when the client is gone. Throws what the frame reader refuses. */
  peekFrame(): Awaitable<Frame | undefined> {
    return this.#inbound.peek() ?? this.#awaitFrame();
  }

  /** The next message if it has arrived, undecoded; it stays. */
  get arrivedFrame(): Frame | undefined {
    return this.#inbound.peek();
  }

  /** The first byte of what could not be cut into messages. */
  get refusedType(): number | undefined {
    return this.#inbound.reader.nextType;
  }

  async #awaitFrame(): Promise<Frame | undefined> {
    let frame = this.#inbound.peek();
    while (frame === undefined && !this.#inbound.finished) {
      this.#beforeWait();
      await this.#inbound.wait();
      frame = this.#inbound.peek();
    }
    return frame;
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

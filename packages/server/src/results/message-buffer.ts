import { PgError, sqlstate } from '@riffq/wire';

const headerLength = 5;
const typeBytes = { DataRow: 'D'.charCodeAt(0), CopyData: 'd'.charCodeAt(0) };

/** Whole messages of one type, one behind the other, handed out in pieces of whole messages. */
export class MessageBuffer {
  readonly #type: keyof typeof typeBytes;
  #bytes: Uint8Array = new Uint8Array();
  #offset = 0;
  #count = 0;

  constructor(type: keyof typeof typeBytes) {
    this.#type = type;
  }

  /** Messages that were not handed out. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of the next message. */
  get nextSize(): number {
    return this.#count === 0 ? 0 : this.#sizeAt(this.#offset);
  }

  /**
   * Puts bytes in the place of what was handed out; nothing of them is copied.
   *
   * @throws PgError XX000 when they are anything but whole messages of the type.
   */
  set(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) throw this.#malformed('something that is not bytes');
    this.#bytes = bytes;
    this.#offset = 0;
    this.#count = 0;
    let count = 0;
    for (let at = 0; at < bytes.length; at += this.#sizeAt(at), count += 1) {
      if (bytes[at] !== typeBytes[this.#type]) throw this.#malformed(`a message of type ${bytes[at]}`);
      const size = at + headerLength > bytes.length ? 0 : this.#sizeAt(at);
      if (size < headerLength || at + size > bytes.length) throw this.#malformed('a message that is not whole');
    }
    this.#count = count;
  }

  /** Passes over so many messages. */
  skip(count: number): void {
    for (let left = count; left > 0 && this.#count > 0; left -= 1) {
      this.#offset += this.#sizeAt(this.#offset);
      this.#count -= 1;
    }
  }

  /** Copies at most `limit` messages that fit into what is left of the target; returns the new offset there. */
  fill(target: Uint8Array, offset: number, limit: number): number {
    const room = target.length - offset;
    let end = this.#offset;
    let taken = 0;
    if (limit >= this.#count && this.#bytes.length - end <= room) {
      end = this.#bytes.length;
      taken = this.#count;
    }
    for (; taken < limit && taken < this.#count; taken += 1) {
      const next = end + this.#sizeAt(end);
      if (next - this.#offset > room) break;
      end = next;
    }
    target.set(this.#bytes.subarray(this.#offset, end), offset);
    const filled = offset + end - this.#offset;
    this.#offset = end;
    this.#count -= taken;
    return filled;
  }

  /** The type byte and what its length word counts. */
  #sizeAt(at: number): number {
    const bytes = this.#bytes;
    return 1 + (((bytes[at + 1]! << 24) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 8) | bytes[at + 4]!) >>> 0);
  }

  #malformed(found: string): PgError {
    return new PgError({
      sqlstate: sqlstate.internal_error,
      message: `expected whole ${this.#type} messages, but the handler gave ${found}`,
    });
  }
}

/**
 * Cuts a stream of bytes into messages by their length words, whatever their types are.
 * https://www.postgresql.org/docs/18/protocol-overview.html#PROTOCOL-MESSAGE-CONCEPTS
 */
export class MessageCutter {
  /** 5 bytes are type and length; start-up packets have no type. */
  headerLength: 4 | 5;
  #chunks: Uint8Array[] = [];
  #buffered = 0;
  /** To look again is of use when as many bytes are there; never, after a length that cannot be one. */
  #needed = 0;

  constructor(headerLength: 4 | 5) {
    this.headerLength = headerLength;
  }

  /** Whether a length word was less than its own 4 bytes: from there on nothing is a message. */
  get broken(): boolean {
    return this.#needed === Number.POSITIVE_INFINITY;
  }

  /** The bytes that are no whole message yet, or never will be. */
  get rest(): Uint8Array {
    return this.#joined();
  }

  /** Adds bytes; they are kept, not copied. */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
  }

  /** The next whole message, header included; undefined until there is one. */
  next(): Uint8Array | undefined {
    if (this.#buffered < Math.max(this.headerLength, this.#needed)) return undefined;
    const bytes = this.#joined();
    const lengthAt = this.headerLength - 4;
    const length = new DataView(bytes.buffer, bytes.byteOffset).getInt32(lengthAt);
    const total = lengthAt + length;
    if (length < 4) this.#needed = Number.POSITIVE_INFINITY;
    else if (bytes.length < total) this.#needed = total;
    else return this.take(total);
    return undefined;
  }

  /** The byte that comes next, left where it is. */
  peek(): number | undefined {
    return this.#joined()[0];
  }

  /** Takes bytes without regard to what they are. */
  take(length: number): Uint8Array {
    const bytes = this.#joined();
    this.#needed = 0;
    this.#chunks = [bytes.subarray(length)];
    this.#buffered = bytes.length - length;
    return bytes.subarray(0, length);
  }

  #joined(): Uint8Array {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first !== undefined) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

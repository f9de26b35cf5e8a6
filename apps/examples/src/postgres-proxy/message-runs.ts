/** One message of a PostgreSQL server, or several DataRow or CopyData messages one behind the other. */
export interface MessageRun {
  /** The letter that each of them begins with. */
  readonly type: string;
  /** Whole messages, type and length too. */
  readonly bytes: Buffer;
  /** How many they are. */
  readonly count: number;
}

const dataTypes: ReadonlySet<number | undefined> = new Set(['D', 'd'].map((letter) => letter.charCodeAt(0)));
const headerLength = 5;

/** Cuts what a server sends into messages; those of a large result stay together, as many as have come. */
export class MessageRuns {
  #chunks: Buffer[] = [];
  #size = 0;
  /** To look again is of use when as many bytes are there. */
  #needed = headerLength;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  next(): MessageRun | undefined {
    if (this.#size < this.#needed) return undefined;
    const bytes = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
    let end = 0;
    let count = 0;
    while (end + headerLength <= bytes.length && bytes[end] === bytes[0]) {
      const next = end + 1 + bytes.readUInt32BE(end + 1);
      if (next > bytes.length) break;
      end = next;
      count += 1;
      if (!dataTypes.has(bytes[0])) break;
    }
    this.#needed = end === 0 ? 1 + bytes.readUInt32BE(1) : headerLength;
    this.#chunks = [bytes.subarray(end)];
    this.#size = bytes.length - end;
    return end === 0 ? undefined : { type: String.fromCharCode(bytes[0] ?? 0), bytes: bytes.subarray(0, end), count };
  }
}

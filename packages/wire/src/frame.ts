/** One whole message as it came. */
export interface Frame {
  /** The message's first byte, 0 for a start-up packet, which has none. */
  readonly type: number;
  /** What follows the length word. It aliases the pushed chunk if the message came whole in one. */
  readonly body: Uint8Array;
}

/** A frame where it lies in what has arrived: most bodies are decoded without a view of their own. */
export class ArrivedFrame implements Frame {
  /** The body is what `bytes` have from `start` to `end`. */
  constructor(
    readonly type: number,
    readonly bytes: Buffer,
    readonly start: number,
    readonly end: number,
  ) {}

  /** A plain view: `slice()` of a Buffer does not copy as that of a Uint8Array does. */
  get body(): Uint8Array {
    return new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + this.start, this.end - this.start);
  }
}

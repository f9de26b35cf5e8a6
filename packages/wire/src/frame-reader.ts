import type { ErrorFields } from './error-fields.js';
import { ArrivedFrame, type Frame } from './frame.js';
import { frontendTypeName } from './frontend/frontend-type.js';
import { defaultMessageLimits, type MessageLimits } from './message-limits.js';
import { PgError } from './pg-error.js';
import { sqlstate } from './sqlstate.generated.js';

/** What may come: start-up packets, then the answers to authentication requests, then everything else. */
export type FrameReaderMode = 'startup' | 'authentication' | 'regular';

/** Chunks below this size are gathered, lest a client that sends single bytes make us keep an object for each. */
const smallChunk = 1024;
const gatheredChunk = 4096;

/**
 * Cuts what a client sends into messages. Lengths are held against the limit of the message's type as soon as the header
 * is there; memory is taken for what has arrived, never for what a header announces; a message that came in pieces is
 * put together once, when it is complete.
 * https://www.postgresql.org/docs/18/protocol-overview.html#PROTOCOL-MESSAGE-CONCEPTS
 *
 * @example
 * reader.push(chunk);
 * for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
 *   console.log(decodeFrontendMessage(frame));
 * }
 */
export class FrameReader {
  /** Set it to `authentication` when the StartupMessage has come, to `regular` when the client is let in. */
  mode: FrameReaderMode = 'startup';
  readonly #limits: MessageLimits;
  readonly #limitsByType: Float64Array;
  /** What has arrived and was not handed out: the first chunk from `#offset` on, and all of the others. */
  #chunks: Buffer[] = [];
  #offset = 0;
  #buffered = 0;
  /** What the last chunk is a view of while small ones are gathered there. */
  #gathering: Buffer | undefined;

  constructor(options: { readonly limits?: Partial<MessageLimits> } = {}) {
    const { limits, byType } = resolveLimits(options.limits ?? defaultMessageLimits);
    this.#limits = limits;
    this.#limitsByType = byType;
  }

  /** Bytes that were pushed and not yet handed out. */
  get bufferedBytes(): number {
    return this.#buffered;
  }

  /** Adds what came from the client. It is kept, not copied: the caller must not change it afterwards. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#buffered += chunk.length;
    if (chunk.length < smallChunk && this.#chunks.length > 0) {
      this.#gather(chunk);
    } else {
      this.#chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
      this.#gathering = undefined;
    }
  }

  /**
   * The next whole message, undefined until there is one.
   *
   * @throws PgError FATAL 08P01 if the type or the length is wrong; nothing can be read after that.
   */
  next(): Frame | undefined {
    const headerLength = this.mode === 'startup' ? 4 : 5;
    if (this.#buffered < headerLength) return undefined;
    let header = this.#chunks[0]!;
    let start = this.#offset;
    if (header.length - start < headerLength) {
      header = this.#copy(headerLength);
      start = 0;
    }
    const type = headerLength === 4 ? 0 : header[start]!;
    const lengthAt = start + headerLength - 4;
    const length =
      (header[lengthAt]! << 24) | (header[lengthAt + 1]! << 16) | (header[lengthAt + 2]! << 8) | header[lengthAt + 3]!;
    this.#check(type, length);
    const total = headerLength + length - 4;
    if (this.#buffered < total) return undefined;
    return this.#consume(type, headerLength, total);
  }

  /**
   * Hands out what was pushed and not yet read, and forgets it. Before a TLS handshake this must be empty: anything else
   * came in clear text from who knows whom.
   */
  takeRest(): Uint8Array {
    return this.#consume(0, 0, this.#buffered).body;
  }

  #check(type: number, length: number): void {
    if (this.mode === 'startup') {
      const limit = this.#limits.StartupPacket;
      if (length < 8 || length - 4 > limit) throw lengthViolation('StartupPacket', length, limit);
      return;
    }
    let limit = this.#limitsByType[type]!;
    if (limit < 0) throw violation({ message: `invalid frontend message type ${type}` });
    if (this.mode === 'authentication') limit = Math.min(limit, this.#limits.PasswordMessage);
    if (length < 4 || length - 4 > limit) throw lengthViolation(frontendTypeName(type), length, limit);
  }

  #gather(chunk: Uint8Array): void {
    const last = this.#chunks.length - 1;
    const room = this.#gathering;
    const used = this.#chunks[last]!.length;
    if (room !== undefined && used + chunk.length <= room.length) {
      // Bodies handed out may alias the room, but only below `used`.
      room.set(chunk, used);
      this.#chunks[last] = room.subarray(0, used + chunk.length);
    } else {
      const fresh = Buffer.alloc(gatheredChunk);
      fresh.set(chunk);
      this.#gathering = fresh;
      this.#chunks.push(fresh.subarray(0, chunk.length));
    }
  }

  /** Takes `end` bytes away and hands out those from `start` on, without a copy if one chunk has them all. */
  #consume(type: number, start: number, end: number): ArrivedFrame {
    const source = this.#chunks[0];
    const offset = this.#offset;
    if (source === undefined || source.length - offset < end) {
      const joined = this.#copy(end);
      this.#drop(end);
      return new ArrivedFrame(type, joined, start, end);
    }
    this.#drop(end);
    return new ArrivedFrame(type, source, offset + start, offset + end);
  }

  /** The first `length` bytes in one piece. */
  #copy(length: number): Buffer {
    const joined = Buffer.allocUnsafe(length);
    let offset = this.#offset;
    let filled = 0;
    for (let index = 0; filled < length; index++) {
      const part = this.#chunks[index]!.subarray(offset, offset + length - filled);
      joined.set(part, filled);
      filled += part.length;
      offset = 0;
    }
    return joined;
  }

  #drop(length: number): void {
    this.#buffered -= length;
    let offset = this.#offset + length;
    let emptied = 0;
    while (emptied < this.#chunks.length && offset >= this.#chunks[emptied]!.length) {
      offset -= this.#chunks[emptied]!.length;
      emptied++;
    }
    this.#offset = offset;
    if (emptied === 0) return;
    // Most often a chunk is read before the next one comes: an array that is emptied by its length stays where it is.
    if (emptied === this.#chunks.length) this.#chunks.length = 0;
    else this.#chunks.splice(0, emptied);
  }
}

interface ResolvedLimits {
  readonly limits: MessageLimits;
  /** The same by a message's first byte, -1 where none begins so. */
  readonly byType: Float64Array;
}

/** Made once for all readers that are given the same limits. */
const resolved = new WeakMap<Partial<MessageLimits>, ResolvedLimits>();

function resolveLimits(given: Partial<MessageLimits>): ResolvedLimits {
  const known = resolved.get(given);
  if (known !== undefined) return known;
  const limits = { ...defaultMessageLimits, ...given };
  const byType = Float64Array.from({ length: 256 }, (_, type) => {
    const name = frontendTypeName(type);
    return name === undefined ? -1 : limits[name];
  });
  resolved.set(given, { limits, byType });
  return { limits, byType };
}

function violation(fields: ErrorFields): PgError {
  return new PgError({ severity: 'FATAL', sqlstate: sqlstate.protocol_violation, ...fields });
}

function lengthViolation(name: keyof MessageLimits | undefined, length: number, limit: number): PgError {
  const message = name === 'StartupPacket' ? 'invalid length of startup packet' : 'invalid message length';
  if (length - 4 <= limit) return violation({ message, detail: `${name} announces a length of ${length}.` });
  return violation({
    message,
    detail: `${name} has a body of ${length - 4} bytes; at most ${limit} are allowed.`,
    hint: 'Send less at once, or have the limit of the server raised.',
  });
}

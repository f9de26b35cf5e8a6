import type { ErrorFields } from './error-fields.js';
import { ArrivedFrame, type Frame } from './frame.js';
import { frontendTypeName } from './frontend/frontend-type.js';
import { ImpossibleLengthError } from './impossible-length-error.js';
import { defaultMessageLimits, type MessageLimits } from './message-limits.js';
import { PgError } from './pg-error.js';
import { sqlstate } from './sqlstate.generated.js';

/** What may come: start-up packets, then the answers to authentication requests, then everything else. */
export type FrameReaderMode = 'startup' | 'authentication' | 'regular';

/** Chunks below this size are gathered, lest a client that sends single bytes make us keep an object for each. */
const smallChunk = 1024;
const gatheredChunk = 4096;

const nothing: Buffer = Buffer.alloc(0);

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
  /** What has arrived and was not handed out: this from `#offset` to `#end`, and then all of the later ones. */
  #first: Buffer = nothing;
  #offset = 0;
  #end = 0;
  #later: Buffer[] = [];
  #buffered = 0;
  /** Where small chunks are gathered, for the last chunk, and how much of it is filled. */
  #gathering: Buffer | undefined;
  #gathered = 0;

  constructor(options: { readonly limits?: Partial<MessageLimits> } = {}) {
    const { limits, byType } = resolveLimits(options.limits ?? defaultMessageLimits);
    this.#limits = limits;
    this.#limitsByType = byType;
  }

  /** Bytes that were pushed and not yet handed out. */
  get bufferedBytes(): number {
    return this.#buffered;
  }

  /** The first byte of the message that comes next, whole or not, right or wrong; undefined while nothing has come. */
  get nextType(): number | undefined {
    return this.#buffered === 0 ? undefined : this.#first[this.#offset];
  }

  /**
   * Adds what came from the client: the bytes of `chunk` from `start` to `end`. They are kept, not copied: the caller must not
   * change them afterwards.
   */
  push(chunk: Uint8Array, start = 0, end = chunk.length): void {
    const length = end - start;
    if (length === 0) return;
    if (this.#buffered === 0) {
      this.#first = asBuffer(chunk);
      this.#offset = start;
      this.#end = end;
    } else if (length < smallChunk) {
      this.#gather(chunk, start, end);
    } else {
      this.#later.push(asBuffer(chunk).subarray(start, end));
      this.#gathering = undefined;
    }
    this.#buffered += length;
  }

  /**
   * The next whole message, undefined until there is one.
   *
   * @throws PgError FATAL 08P01 if the type or the length is wrong; nothing can be read after that.
   */
  next(): Frame | undefined {
    const total = this.#nextLength();
    if (total === 0) return undefined;
    if (this.mode === 'startup') return this.#consume(0, 4, total);
    // The first byte is always of the first chunk.
    return this.#consume(this.#first[this.#offset]!, 5, total);
  }

  /** Whether there is a whole message; throws as `next` does. */
  hasNext(): boolean {
    return this.#nextLength() > 0;
  }

  /** Whether what comes next are exactly these bytes, as far as they have arrived in one piece. */
  startsWith(bytes: Uint8Array): boolean {
    const { length } = bytes;
    const offset = this.#offset;
    if (this.#end - offset < length) return false;
    const first = this.#first;
    for (let index = 0; index < length; index++) if (first[offset + index] !== bytes[index]) return false;
    return true;
  }

  /** Passes over what `startsWith` has found: so many bytes, which have to be whole messages. */
  skip(length: number): void {
    this.#drop(length);
  }

  /**
   * Hands out what was pushed and not yet read, and forgets it. Before a TLS handshake this must be empty: anything else
   * came in clear text from who knows whom.
   */
  takeRest(): Uint8Array {
    return this.#consume(0, 0, this.#buffered).body;
  }

  /** Bytes of the next message with its header; 0 until it is there. */
  #nextLength(): number {
    const headerLength = this.mode === 'startup' ? 4 : 5;
    if (this.#buffered < headerLength) return 0;
    let header = this.#first;
    let start = this.#offset;
    if (this.#end - start < headerLength) {
      header = this.#copy(headerLength);
      start = 0;
    }
    const type = headerLength === 4 ? 0 : header[start]!;
    const lengthAt = start + headerLength - 4;
    const length =
      (header[lengthAt]! << 24) | (header[lengthAt + 1]! << 16) | (header[lengthAt + 2]! << 8) | header[lengthAt + 3]!;
    this.#check(type, length);
    const total = headerLength + length - 4;
    return this.#buffered < total ? 0 : total;
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

  #gather(chunk: Uint8Array, start: number, end: number): void {
    const length = end - start;
    const room = this.#gathering;
    if (room !== undefined && this.#gathered + length <= room.length) {
      // Bodies handed out may alias the room, but only below what was gathered before.
      room.set(chunk.subarray(start, end), this.#gathered);
      this.#gathered += length;
      const last = this.#later.length - 1;
      if (last >= 0) this.#later[last] = room.subarray(0, this.#gathered);
      else {
        this.#first = room;
        this.#end = this.#gathered;
      }
    } else {
      const fresh = Buffer.alloc(gatheredChunk);
      fresh.set(chunk.subarray(start, end));
      this.#gathering = fresh;
      this.#gathered = length;
      this.#later.push(fresh.subarray(0, length));
    }
  }

  /** Takes `end` bytes away and hands out those from `start` on, without a copy if one chunk has them all. */
  #consume(type: number, start: number, end: number): ArrivedFrame {
    const source = this.#first;
    const offset = this.#offset;
    if (this.#end - offset < end) {
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
    let filled = this.#first.copy(joined, 0, this.#offset, this.#end);
    for (let index = 0; filled < length; index++) filled += this.#later[index]!.copy(joined, filled);
    return joined;
  }

  #drop(length: number): void {
    this.#buffered -= length;
    if (this.#buffered === 0) {
      this.#first = nothing;
      this.#offset = 0;
      this.#end = 0;
      this.#gathering = undefined;
      if (this.#later.length > 0) this.#later = [];
      return;
    }
    this.#offset += length;
    let emptied = 0;
    while (this.#offset >= this.#end) {
      const next = this.#later[emptied]!;
      this.#offset -= this.#end;
      this.#first = next;
      this.#end = next.length;
      emptied++;
    }
    if (emptied > 0) this.#later.splice(0, emptied);
  }
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
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

/** PostgreSQL's limit for any message. */
const longestMessage = 0x3fff_fffe;

function lengthViolation(name: keyof MessageLimits | undefined, length: number, limit: number): PgError {
  const message = name === 'StartupPacket' ? 'invalid length of startup packet' : 'invalid message length';
  if (length - 4 <= limit || length - 4 > longestMessage) {
    return new ImpossibleLengthError({ message, detail: `${name} announces a length of ${length}.` });
  }
  return violation({
    message,
    detail: `${name} has a body of ${length - 4} bytes; at most ${limit} are allowed.`,
    hint: 'Send less at once, or have the limit of the server raised.',
  });
}

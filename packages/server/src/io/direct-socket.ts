import { Socket } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { markAsUntransferable } from 'node:worker_threads';
import { asWritable, type WritableHandle, writeDirectly } from './direct-write.js';

/** One for the process: what a read brings is copied out of it before the next one. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);
/** Where it is copied to: small reads one behind the other, for a buffer of its own takes longer to make than to fill. */
const slabSize = 16 * 1024;
let slab = newSlab(slabSize);
let slabUsed = 0;

/** More bytes than these take so long that a stream's part of it does not count. */
const longestDirect = 16 * 1024;
const nothing: Uint8Array = new Uint8Array();

/**
 * A socket that gives what arrives straight to `receive`, out of a read buffer that all share. Node would otherwise allocate
 * 64 KiB for every read and pass them through a stream: a quarter of what a small query costs. It emits no 'data'. What is sent
 * goes past the stream, too, where that is possible.
 */
export class DirectSocket extends Socket {
  /** Called with what has arrived: the bytes from `start` to `end`, which are the callee's. */
  receive: (chunk: Uint8Array, start?: number, end?: number) => void = () => {};
  /** Undefined where Node gives nothing to write to. */
  readonly #handle: WritableHandle | undefined;
  /** What was sent past the stream and has not been taken as a whole: Node reads it from there. */
  #waiting = nothing;

  /** @param handle - the connection, as node:net has it */
  constructor(handle: object) {
    const onread = {
      buffer: readBuffer,
      callback: (length: number): boolean => {
        if (slabSize - slabUsed < length) {
          slab = newSlab(Math.max(slabSize, length));
          slabUsed = 0;
        }
        const start = slabUsed;
        slabUsed += length;
        copyRead(length, start);
        this.receive(slab, start, slabUsed);
        return true;
      },
    };
    const options = { handle, allowHalfOpen: true, onread };
    super(options);
    this.#handle = asWritable(handle);
  }

  /** Bytes that were sent and may not have been taken by the kernel. */
  get unsentLength(): number {
    return this.#waiting.length + this.writableLength;
  }

  /** Writes bytes, which nobody may change as long as `unsentLength` is not 0. */
  send(bytes: Uint8Array): void {
    const handle = this.#handle;
    // What waits goes first.
    if (handle === undefined || bytes.length > longestDirect || this.unsentLength > 0) {
      this.write(bytes);
      return;
    }
    const left = writeDirectly(handle, bytes, this);
    if (left === undefined) this.write(bytes);
    else if (left > 0) this.#waiting = bytes;
  }

  /** What waited has been taken, or cannot be written: then the status is negative. */
  onWritten(status: number): void {
    this.#waiting = nothing;
    if (status < 0) this.destroy(new Error(`write ${getSystemErrorName(status)}`));
  }
}

/** Handlers see parts of it: one that moved it to a worker would take away what other clients have sent. */
function newSlab(size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  markAsUntransferable(bytes.buffer);
  return bytes;
}

/** Up to this many bytes a loop costs less than a call of native code. */
const shortRead = 64;

function copyRead(length: number, to: number): void {
  if (length > shortRead) readBuffer.copy(slab, to, 0, length);
  else for (let at = 0; at < length; at += 1) slab[to + at] = readBuffer[at]!;
}

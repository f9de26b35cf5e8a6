/** What Node has of a connection, as far as it is written to here. */
export interface WritableHandle {
  /** Bytes that the kernel has not taken yet. */
  readonly writeQueueSize: number;
  /** 0, or a negative error. What the kernel does not take at once stays with the request, until its `oncomplete` is called. */
  writeBuffer(request: object, bytes: Uint8Array): number;
}

/** Node's class of requests to write: only its own streams make objects of it, so that one is looked at. Null: there is none. */
let requestClass: (new () => object) | null | undefined;
/** One for all writes that the kernel takes at once: they leave nothing in it. */
let request: object | undefined;

/** The handle, if it can be written to without a stream; undefined where Node's handles are others than those known here. */
export function asWritable(handle: object): WritableHandle | undefined {
  return requestClass !== null && isWritable(handle) ? handle : undefined;
}

function isWritable(handle: object): handle is WritableHandle {
  return typeof Reflect.get(handle, 'writeBuffer') === 'function' && Reflect.get(handle, 'writeQueueSize') === 0;
}

/**
 * Writes what the kernel takes at once, as it does with nearly every answer: a stream spends half as much again as the kernel
 * on noting that a write has begun and ended. Nothing may wait in the handle.
 *
 * @returns how many bytes the kernel has not taken; they must stay as they are until the writer's `onWritten` is called,
 * with 0 or a negative error. Undefined if nothing could be written: a stream has to do it.
 */
export function writeDirectly(
  handle: WritableHandle,
  bytes: Uint8Array,
  writer: { onWritten(status: number): void },
): number | undefined {
  if (request === undefined) {
    if (requestClass === undefined) learnRequestClass(handle);
    if (!requestClass) return undefined;
    request = new requestClass();
  }
  // A stream meets the same error, and knows what to do about it.
  if (handle.writeBuffer(request, bytes) !== 0) return undefined;
  const waiting = handle.writeQueueSize;
  if (waiting > 0) {
    Reflect.set(request, 'oncomplete', (status: number) => writer.onWritten(status));
    request = undefined;
  }
  return waiting;
}

/** Looks at the request of the handle's next write, which a stream makes. */
function learnRequestClass(handle: WritableHandle): void {
  const value = (made: object, bytes: Uint8Array): number => {
    Reflect.deleteProperty(handle, 'writeBuffer');
    requestClass = isRequestClass(made.constructor) ? made.constructor : null;
    return handle.writeBuffer(made, bytes);
  };
  Reflect.defineProperty(handle, 'writeBuffer', { configurable: true, value });
}

function isRequestClass(made: unknown): made is new () => object {
  return typeof made === 'function' && made.name === 'WriteWrap';
}

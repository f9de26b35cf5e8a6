/** Large results leave in chunks of this many bytes. */
export const chunkSize = 256 * 1024;

const kept: Uint8Array<ArrayBuffer>[] = [];
const keptAtMost = 32;

/** A chunk to fill; memory of streams that have ended is used again, so that idle sessions hold none. */
export function takeChunk(): Uint8Array<ArrayBuffer> {
  return kept.pop() ?? new Uint8Array(chunkSize);
}

/** Gives a chunk back; nobody may hold its bytes any more. */
export function returnChunk(chunk: Uint8Array<ArrayBuffer>): void {
  if (chunk.byteLength === chunkSize && kept.length < keptAtMost) kept.push(chunk);
}

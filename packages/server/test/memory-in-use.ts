import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes of objects and buffers that somebody still holds; garbage is collected before. */
export function memoryInUse(): number {
  // Buffers are counted until the collection after the one that finds them free.
  for (let times = 0; times < 2; times += 1) collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

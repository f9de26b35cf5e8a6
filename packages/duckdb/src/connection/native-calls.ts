import { FairQueue } from './fair-queue.js';

/** libuv's own default. */
const defaultThreads = 4;
const threads = Number(process.env['UV_THREADPOOL_SIZE']) || defaultThreads;

/**
 * DuckDB works in libuv's threads, one per running call, and Node reads files and looks up names in the same ones. One
 * thread is left to Node; a call is one statement's preparation, its execution up to the first rows, or one chunk, so a
 * long result does not keep the others waiting. With the default of four threads three statements that compute for long
 * hold up all others: start the process with UV_THREADPOOL_SIZE=32 where that matters.
 */
export const nativeCalls = new FairQueue(Math.max(1, threads - 1));

/**
 * The catalog's queries are short, and they do not wait behind what clients compute: they have a turn of their own, in the
 * thread that is left to Node.
 */
export const catalogCalls = new FairQueue(1);

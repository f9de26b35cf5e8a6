import { open } from 'node:fs/promises';
import { MessageChannel } from 'node:worker_threads';
import { lateCompiling } from '../late-compiling.js';
import { pgliteFile } from './pglite-file.js';

let compiled: Promise<WebAssembly.Module> | undefined;

/** PostgreSQL's code, compiled once for all threads of the process. */
export function compiledModule(): Promise<WebAssembly.Module> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const bytes = await readWhole(pgliteFile('pglite.wasm'));
  const module = await lateCompiling(() => WebAssembly.compile(bytes));
  free(bytes.buffer);
  return module;
}

async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer>> {
  await using file = await open(path);
  const { size } = await file.stat();
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(bytes, at, size - at, at);
    if (bytesRead === 0) throw new Error(`${path} ends early`);
    at += bytesRead;
  }
  return bytes;
}

/** V8 has a copy of these nine megabytes, and a quiet process may not collect garbage for hours: sent to nobody, they are gone. */
function free(buffer: ArrayBuffer): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(null, [buffer]);
  port1.close();
}

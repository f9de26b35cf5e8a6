import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { EngineInstance } from './engine-instance.js';
import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.js';

/** What a worker is told first: it may have been there for a while, with all of this program loaded. */
export interface EngineWorkerStart {
  readonly start: EngineStart;
  readonly module: WebAssembly.Module;
}

const port = parentPort!;
const { start, module } = await firstMessage();
const instance = await EngineInstance.open(start, module, readFileSync(start.imagePath));
port.on('message', (request: EngineRequest) => answer(instance.handle(request)));
answer({ kind: 'ready' });

function firstMessage(): Promise<EngineWorkerStart> {
  return new Promise((resolve) => port.once('message', resolve));
}

function answer(reply: EngineReply): void {
  port.postMessage(reply);
}

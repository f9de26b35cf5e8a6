import { parentPort, workerData } from 'node:worker_threads';
import { EngineInstance } from './engine-instance.js';
import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.js';

/** What a worker is given at its start. */
export interface EngineWorkerData {
  readonly start: EngineStart;
  readonly module: WebAssembly.Module;
}

const { start, module }: EngineWorkerData = workerData;
const port = parentPort!;
const instance = await EngineInstance.open(start, module);
port.on('message', (request: EngineRequest) => answer(instance.handle(request)));
answer({ kind: 'ready' });

function answer(reply: EngineReply): void {
  port.postMessage(reply);
}

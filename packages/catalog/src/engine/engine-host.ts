import type { EngineThread } from './engine-thread.js';
import type { HostReply, HostRequest } from './host-messages.js';
import { WorkerThreads } from './worker-threads.js';

// The program of a child process that has the threads in it, for its flags hold for a whole process.
const threads = new WorkerThreads(new URL('./engine-worker.js', import.meta.url));
const running = new Map<number, EngineThread>();

process.on('message', (message: HostRequest) => {
  if (message.kind === 'prepare') {
    threads.prepare();
    return;
  }
  const { thread } = message;
  if (message.kind === 'start') {
    const listener = {
      reply: (reply: Extract<HostReply, { kind: 'reply' }>['reply']) => tell({ kind: 'reply', thread, reply }),
      ended: (reason: string) => {
        running.delete(thread);
        tell({ kind: 'ended', thread, reason });
      },
    };
    running.set(thread, threads.start(message.start, listener));
  } else if (message.kind === 'request') {
    running.get(thread)?.send(message.request);
  } else {
    running.get(thread)?.terminate();
  }
});
process.on('disconnect', () => process.exit());

function tell(reply: HostReply): void {
  if (process.connected) process.send?.(reply);
}

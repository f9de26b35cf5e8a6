import { GCProfiler } from 'node:v8';

/** What a server's process has used so far. */
export interface Usage {
  /** Seconds of CPU, all threads. */
  readonly cpu: number;
  /** Resident bytes. */
  readonly memory: number;
  /** Bytes of objects and buffers; what is garbage counts unless it was collected. */
  readonly inUse: number;
  /** Bytes of objects that JavaScript has made since the beginning, those that are garbage by now too. */
  readonly allocated: number;
  /** Seconds that went into collecting garbage. */
  readonly collecting: number;
  /** How many connections there are. */
  readonly sockets: number;
  /** How much keeps the process going: sockets, timers, pipes. */
  readonly handles: number;
}

/** What a server's program can be asked: what it has used, and that with garbage collected before. */
export type UsageRequest = 'usage' | 'usage without garbage';

/** What a server's program tells its parent. */
export type ServerReport = { readonly port: number } | Usage;

/** Keeps the account of the objects that were made: what a collection found beyond what the one before had left. */
class Allocations {
  #profiler = new GCProfiler();
  #left = process.memoryUsage().heapUsed;
  #bytes = 0;
  #seconds = 0;

  constructor() {
    this.#profiler.start();
  }

  soFar(): { readonly allocated: number; readonly collecting: number } {
    for (const { beforeGC, afterGC, cost } of this.#profiler.stop().statistics) {
      this.#grownTo(beforeGC.heapStatistics.usedHeapSize);
      this.#left = afterGC.heapStatistics.usedHeapSize;
      this.#seconds += cost / 1e6;
    }
    this.#grownTo(process.memoryUsage().heapUsed);
    this.#profiler = new GCProfiler();
    this.#profiler.start();
    return { allocated: this.#bytes, collecting: this.#seconds };
  }

  #grownTo(heap: number): void {
    this.#bytes += Math.max(0, heap - this.#left);
    this.#left = heap;
  }
}

/** Tells the parent the port, and then what this process has used whenever it asks; ends with the parent. */
export function reportUsage(port: number): void {
  const allocations = new Allocations();
  process.on('message', (request: unknown) => {
    // Buffers are counted until the collection after the one that finds them free.
    for (let times = 0; times < 2 && request === 'usage without garbage'; times += 1) globalThis.gc?.();
    process.send?.({ ...usage(), ...allocations.soFar() });
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}

function usage(): Omit<Usage, 'allocated' | 'collecting'> {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const sockets = resources.filter((name) => name === 'TCPSocketWrap').length;
  return { cpu: (user + system) / 1e6, memory: rss, inUse: heapUsed + external, sockets, handles: resources.length };
}

/** What a server's process has used so far. */
export interface Usage {
  /** Seconds of CPU, all threads. */
  readonly cpu: number;
  /** Resident bytes. */
  readonly memory: number;
  /** Bytes of objects and buffers; what is garbage counts unless it was collected. */
  readonly inUse: number;
  /** How many connections there are. */
  readonly sockets: number;
  /** How much keeps the process going: sockets, timers, pipes. */
  readonly handles: number;
}

/** What a server's program can be asked: what it has used, and that with garbage collected before. */
export type UsageRequest = 'usage' | 'usage without garbage';

/** What a server's program tells its parent. */
export type ServerReport = { readonly port: number } | Usage;

/** Tells the parent the port, and then what this process has used whenever it asks; ends with the parent. */
export function reportUsage(port: number): void {
  process.on('message', (request: unknown) => {
    // Buffers are counted until the collection after the one that finds them free.
    for (let times = 0; times < 2 && request === 'usage without garbage'; times += 1) globalThis.gc?.();
    process.send?.(usage());
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const sockets = resources.filter((name) => name === 'TCPSocketWrap').length;
  return { cpu: (user + system) / 1e6, memory: rss, inUse: heapUsed + external, sockets, handles: resources.length };
}

import { bars } from './bars.js';
import type { Benchmark } from './benchmark.js';
import { LoadGenerator } from './load-generator.js';
import { startup } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';
import { WatchingClient } from './watching-client.js';

/** What a client has sent that never comes in: nothing, half a start-up packet, what is none. */
const lives: readonly Uint8Array[] = [Buffer.alloc(0), startup.subarray(0, 9), Buffer.from('GET / HTTP/1.1\r\n\r\n')];

/** Half-open connections, port scanners and silent clients harm nobody. */
export const flood: Benchmark = {
  name: 'flood',
  title: '1,000 clients at a time that never come in',
  async measure() {
    await using server = await ServerUnderTest.start('synthetic', 50_000);
    await using load = new LoadGenerator();
    const { port } = server.address;
    const watching = await WatchingClient.open(port);
    const { count } = await load.run({ kind: 'killed', port, clients: 1000, lives, longest: 2000, seconds: 10 });
    return [{ what: 'clients', value: count.toLocaleString('en') }, ...(await watching.end(bars.floodBystander))];
  },
};

import { bars } from './bars.js';
import type { Benchmark, Measure } from './benchmark.js';
import { LoadGenerator } from './load-generator.js';
import { startup } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';
import { WatchingClient } from './watching-client.js';

/** What a client has sent that never comes in: nothing, half a start-up packet, what is none. */
const lives: readonly Uint8Array[] = [Buffer.alloc(0), startup.subarray(0, 9), Buffer.from('GET / HTTP/1.1\r\n\r\n')];

const clients = 1000;
/** So few that all are in use at once. */
const fewDescriptors = 150;

/** Half-open connections, port scanners and silent clients harm nobody. */
export const flood: Benchmark = {
  name: 'flood',
  title: `${clients.toLocaleString('en')} clients at a time that never come in`,
  async measure() {
    return [
      ...(await measureFlood('each for up to 2 s', { returning: false })),
      ...(await measureFlood(`cut off and back at once, ${fewDescriptors} descriptors`, {
        returning: true,
        descriptors: fewDescriptors,
      })),
    ];
  },
};

async function measureFlood(
  what: string,
  { returning, descriptors }: { readonly returning: boolean; readonly descriptors?: number },
): Promise<readonly Measure[]> {
  await using server = await ServerUnderTest.start('synthetic', 50_000, { descriptors });
  await using load = new LoadGenerator();
  const { port } = server.address;
  const watching = await WatchingClient.open(port);
  const { count } = await load.run({ kind: 'killed', port, clients, lives, longest: 2000, returning, seconds: 7 });
  const waits = await watching.end(bars.floodBystander);
  return [{ what: 'clients', value: count.toLocaleString('en') }, ...waits].map((measure) => {
    return { ...measure, what: `${what}: ${measure.what}` };
  });
}

import { bars } from './bars.js';
import { type Benchmark, bytesMeasure } from './benchmark.js';
import { LoadGenerator } from './load-generator.js';
import { startup } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';

const warmUp = 100;
const clients = 5000;
/** Pages that the collector keeps come and go by megabytes. */
const runs = 3;

/** What a client costs that is connected and says nothing. */
export const idleMemory: Benchmark = {
  name: 'idle-memory',
  title: `${clients.toLocaleString('en')} idle connections`,
  async measure() {
    let best = await measureOnce();
    for (let run = 1; run < runs; run += 1) {
      const again = await measureOnce();
      if (again.resident < best.resident) best = again;
    }
    const { idleConnection } = bars;
    return [
      bytesMeasure('resident, per connection', best.resident / clients, idleConnection, 'KB'),
      bytesMeasure('objects and buffers, per connection', best.inUse / clients, idleConnection, 'KB'),
    ];
  },
};

/** What all clients cost together. */
async function measureOnce(): Promise<{ readonly resident: number; readonly inUse: number }> {
  await using server = await ServerUnderTest.start('synthetic', 50_000);
  await using load = new LoadGenerator();
  const { port } = server.address;
  await load.run({ kind: 'idle', port, clients: warmUp, startup });
  const before = await server.usage('usage without garbage');
  await load.run({ kind: 'idle', port, clients: warmUp + clients, startup });
  const after = await server.usage('usage without garbage');
  await load.run({ kind: 'close' });
  return { resident: after.memory - before.memory, inUse: after.inUse - before.inUse };
}

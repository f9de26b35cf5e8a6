import { bars } from './bars.js';
import { type Benchmark, bytesMeasure } from './benchmark.js';
import { LoadGenerator } from './load-generator.js';
import { startup } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';

const warmUp = 100;
const clients = 5000;

/** What a client costs that is connected and says nothing. */
export const idleMemory: Benchmark = {
  name: 'idle-memory',
  title: `${clients.toLocaleString('en')} idle connections`,
  async measure() {
    await using server = await ServerUnderTest.start('synthetic', 50_000);
    await using load = new LoadGenerator();
    const { port } = server.address;
    await load.run({ kind: 'idle', port, clients: warmUp, startup });
    const before = await server.usage('usage without garbage');
    await load.run({ kind: 'idle', port, clients: warmUp + clients, startup });
    const after = await server.usage('usage without garbage');
    await load.run({ kind: 'close' });
    return [
      bytesMeasure('resident, per connection', (after.memory - before.memory) / clients, bars.idleConnection, 'KB'),
      bytesMeasure(
        'objects and buffers, per connection',
        (after.inUse - before.inUse) / clients,
        bars.idleConnection,
        'KB',
      ),
    ];
  },
};

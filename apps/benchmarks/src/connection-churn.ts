import { bars } from './bars.js';
import { type Benchmark, bytesMeasure, holds } from './benchmark.js';
import { LoadGenerator } from './load-generator.js';
import { simple, startup } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';

const warmUp = 2000;
const clients = 100_000;

/** A hundred thousand clients that come, ask once and go leave nothing behind. */
export const connectionChurn: Benchmark = {
  name: 'connection-churn',
  title: `${clients.toLocaleString('en')} connects and disconnects`,
  async measure() {
    await using server = await ServerUnderTest.start('synthetic', 50_000);
    await using load = new LoadGenerator();
    const { port } = server.address;
    const come = { kind: 'connections', clients: 8, startup, frames: simple.frames, port } as const;
    await load.run({ ...come, count: warmUp });
    const before = await server.settledUsage();
    await load.run({ ...come, count: clients });
    const after = await server.settledUsage();
    return [
      bytesMeasure(
        'memory per connection that has gone',
        (after.inUse - before.inUse) / clients,
        bars.goneConnection,
        'B',
      ),
      holds('no socket is left', after.sockets === 0),
    ];
  },
};

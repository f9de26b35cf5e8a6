import { channel, tracingChannel } from 'node:diagnostics_channel';
import { bars } from './bars.js';
import { type Benchmark, type Measure, plainRatio, shareMeasure } from './benchmark.js';
import { LoadGenerator } from './load-generator.js';
import { answerTo, prepared, type Question, simple, startup } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';
import { tracingChannels } from './tracing-channels.js';

const runs = 3;
const seconds = 0.8;
const clients = 8;

/** What tracing channels cost: nothing while nobody listens. */
export const tracing: Benchmark = {
  name: 'tracing',
  title: 'SELECT 1, with and without somebody who listens to the tracing channels',
  async measure() {
    await using unheard = await ServerUnderTest.start('synthetic', 50_000);
    await using heard = await ServerUnderTest.start('synthetic', 50_000, { heard: true });
    await using load = new LoadGenerator();
    const looking = Math.min(...Array.from({ length: runs }, nanosecondsToLook));
    const measures: Measure[] = [{ what: 'looking whether somebody listens', value: `${looking.toFixed(0)} ns` }];
    for (const [protocol, question] of Object.entries({ simple, prepared })) {
      let [alone, watched] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let run = 0; run < runs; run += 1) {
        alone = Math.min(alone, await microsecondsPerQuery(unheard, load, question));
        watched = Math.min(watched, await microsecondsPerQuery(heard, load, question));
      }
      measures.push(
        { what: `${protocol}: nobody listens`, value: `${alone.toFixed(1)} us CPU` },
        shareMeasure(`${protocol}: looking, of that`, looking / 1000 / alone, bars.unheardChannels),
        plainRatio(`${protocol}: CPU per query while somebody listens, of that`, watched / alone),
      );
    }
    return measures;
  },
};

/** The CPU of the server's process. */
async function microsecondsPerQuery(server: ServerUnderTest, load: LoadGenerator, question: Question): Promise<number> {
  const { port } = server.address;
  const replyBytes = (await answerTo(port, question)).length;
  const before = await server.usage();
  const { countOfAll } = await load.run({ ...question, kind: 'queries', port, clients, startup, replyBytes, seconds });
  const after = await server.usage();
  return ((after.cpu - before.cpu) / countOfAll) * 1e6;
}

const sets = 16;
const looks = 2_000_000;

/**
 * How long it takes to look at all channels once, as a server does, which looks at some of them for each statement. It is done
 * with the channels of many servers, so that no compiler finds out that there is nothing to look at.
 */
function nanosecondsToLook(): number {
  const servers = Array.from({ length: sets }, (_, at) => ({
    tracing: tracingChannels.map((name) => tracingChannel(at === 0 ? name : `${name}:${at}`)),
    firstRow: channel(`riffq:statement:firstRow${at === 0 ? '' : at}`),
  }));
  let heard = 0;
  const begun = performance.now();
  for (let look = 0; look < looks; look += 1) {
    const server = servers[look % sets];
    if (server === undefined) continue;
    if (server.firstRow.hasSubscribers) heard += 1;
    for (const { start, end, asyncStart, asyncEnd, error } of server.tracing) {
      const isHeard =
        start.hasSubscribers ||
        asyncEnd.hasSubscribers ||
        error.hasSubscribers ||
        end.hasSubscribers ||
        asyncStart.hasSubscribers;
      if (isHeard) heard += 1;
    }
  }
  const took = performance.now() - begun;
  if (heard > 0) throw new Error('somebody listens');
  return (took / looks) * 1e6;
}

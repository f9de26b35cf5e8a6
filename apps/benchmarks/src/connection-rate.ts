import { bars } from './bars.js';
import { type Benchmark, ratioMeasure } from './benchmark.js';
import { type PeerName, Peers, simple, startup } from './peers.js';
import { type QueryRate, rateMeasure } from './query-rate.js';

const runs = 3;
const seconds = 1.5;
/** V8 has optimized what a connection takes after some ten thousand of them, where a server stays for days. */
const warmUpSeconds = 4;
/** As many as `select-one` begins with: with four each side waited for the other a third of the time, and nobody was measured. */
const lanes = 8;
const come = { kind: 'connections', clients: lanes, startup, frames: simple.frames } as const;

/** Clients that come, ask once and go. */
export const connectionRate: Benchmark = {
  name: 'connection-rate',
  title: `New connections, each for one SELECT 1, ${lanes} at a time`,
  async measure() {
    await using peers = await Peers.start();
    for (const { port } of peers.named('riffq')) await peers.load.run({ ...come, port, seconds: warmUpSeconds });
    const best = new Map<PeerName, QueryRate>();
    for (let run = 0; run < runs; run += 1) {
      for (const { name, port, cpu } of peers.named('riffq', 'PostgreSQL')) {
        const before = await cpu();
        const { count, seconds: took } = await peers.load.run({ ...come, port, seconds });
        const after = await cpu();
        const used = before === undefined || after === undefined ? undefined : ((after - before) / count) * 1e6;
        const measured = { name, perSecond: count / took, cpu: used };
        if (measured.perSecond > (best.get(name)?.perSecond ?? 0)) best.set(name, measured);
      }
    }
    const ours = best.get('riffq');
    const theirs = best.get('PostgreSQL');
    if (ours === undefined || theirs === undefined) throw new Error('nothing was measured');
    return [
      rateMeasure('connections', ours),
      rateMeasure('connections', theirs),
      ratioMeasure("connections: rate, of PostgreSQL's", ours.perSecond / theirs.perSecond, bars.connectionsOfPostgres),
    ];
  },
};

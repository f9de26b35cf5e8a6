import { bars } from './bars.js';
import { type Benchmark, ratioMeasure } from './benchmark.js';
import { Peers, prepared } from './peers.js';
import { measureQueryRates, rateMeasure } from './query-rate.js';

const depth = 100;
const clients = 8;

/** A hundred queries on their way at once, each with its own Sync. */
export const pipeline: Benchmark = {
  name: 'pipeline',
  title: `Prepared SELECT 1, ${clients} clients, ${depth} deep`,
  async measure() {
    await using peers = await Peers.start();
    const one = await measureQueryRates(peers, ['riffq'], prepared, { clients, depth: 1 });
    const rates = await measureQueryRates(peers, ['riffq', 'PostgreSQL'], prepared, { clients, depth });
    const single = one.best('riffq');
    const ours = rates.best('riffq');
    return [
      rateMeasure('one at a time', single),
      rateMeasure('pipelined', ours),
      rateMeasure('pipelined', rates.best('PostgreSQL')),
      ratioMeasure('pipelined: rate, of one at a time', ours.perSecond / single.perSecond, bars.pipelineOfSingle),
      ratioMeasure("pipelined: rate, of PostgreSQL's", rates.rateRatio('riffq', 'PostgreSQL'), bars.pipelineOfPostgres),
    ];
  },
};

import { bars } from './bars.js';
import { type Benchmark, type Measure, plainRatio, ratioMeasure } from './benchmark.js';
import { Peers, prepared, simple } from './peers.js';
import { measureQueryRates, type QueryRates, rateMeasure } from './query-rate.js';

const peerNames = ['riffq', 'echo', 'PostgreSQL'] as const;

/** The smallest query that there is, by many clients, beside what Node itself can do and PostgreSQL. */
export const selectOne: Benchmark = {
  name: 'select-one',
  title: 'SELECT 1, beside a Node echo server of the same bytes and PostgreSQL',
  async measure() {
    await using peers = await Peers.start();
    const measures: Measure[] = [];
    for (const [protocol, question] of Object.entries({ simple, prepared })) {
      for (const clients of [8, 64]) {
        const rates = await measureQueryRates(peers, peerNames, question, { clients, depth: 1 });
        measures.push(...compare(`${protocol}, ${clients} clients`, rates));
      }
    }
    return measures;
  },
};

function compare(what: string, rates: QueryRates): readonly Measure[] {
  return [
    ...peerNames.map((name) => rateMeasure(what, rates.best(name))),
    ratioMeasure(`${what}: rate, of echo's`, rates.rateRatio('riffq', 'echo'), bars.queriesOfEcho),
    plainRatio(`${what}: CPU per query, of echo's`, rates.cpuRatio('riffq', 'echo')),
    ratioMeasure(`${what}: rate, of PostgreSQL's`, rates.rateRatio('riffq', 'PostgreSQL'), bars.queriesOfPostgres),
  ];
}

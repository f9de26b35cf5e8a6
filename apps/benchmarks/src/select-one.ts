import { bars } from './bars.js';
import { type Benchmark, type Measure, plainRatio, ratioMeasure } from './benchmark.js';
import { Peers, prepared, simple } from './peers.js';
import { measureQueryRates, rateMeasure } from './query-rate.js';

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

function compare(what: string, rates: Awaited<ReturnType<typeof measureQueryRates>>): readonly Measure[] {
  const [ours, echo, postgres] = peerNames.map((name) => rates.get(name));
  if (ours === undefined || echo === undefined || postgres === undefined) throw new Error('nothing was measured');
  return [
    ...[ours, echo, postgres].map((rate) => rateMeasure(what, rate)),
    ratioMeasure(`${what}: rate, of echo's`, ours.perSecond / echo.perSecond, bars.queriesOfEcho),
    plainRatio(`${what}: CPU per query, of echo's`, ours.cpu && echo.cpu && ours.cpu / echo.cpu),
    ratioMeasure(`${what}: rate, of PostgreSQL's`, ours.perSecond / postgres.perSecond, bars.queriesOfPostgres),
  ];
}

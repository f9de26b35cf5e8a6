import type { Measure } from './benchmark.js';
import { bestMedian, median } from './paired-ratios.js';
import { answerTo, type Peer, type PeerName, type Peers, type Question, startup } from './peers.js';

/** What one run of a server gave. */
export interface QueryRate {
  readonly name: PeerName;
  readonly perSecond: number;
  /** Microseconds of the server's CPU per query; undefined where it cannot be read. */
  readonly cpu: number | undefined;
}

/** How many clients ask, and how many questions each has on their way at once. */
interface ClientsAtWork {
  readonly clients: number;
  readonly depth: number;
}

/** Short and many: a machine's mood lasts longer than one round, and so meets all servers of it. */
const rounds = 9;
const seconds = 0.4;

/** Runs of several servers in turn. */
export class QueryRates {
  readonly #rounds: readonly ReadonlyMap<PeerName, QueryRate>[];

  constructor(measured: readonly ReadonlyMap<PeerName, QueryRate>[]) {
    this.#rounds = measured;
  }

  /** A server's best run. */
  best(name: PeerName): QueryRate {
    const runs = this.#runs(name);
    return runs.reduce((best, run) => (run.perSecond > best.perSecond ? run : best));
  }

  /** One server's rate of another's, each pair of the same round: the best of three medians. */
  rateRatio(one: PeerName, other: PeerName): number {
    const others = this.#runs(other);
    return bestMedian(this.#runs(one).map(({ perSecond }, at) => perSecond / (others[at]?.perSecond ?? Number.NaN)));
  }

  /** The same of their CPU per query, as the median of all rounds; undefined where it cannot be read. */
  cpuRatio(one: PeerName, other: PeerName): number | undefined {
    const others = this.#runs(other);
    const ratios = this.#runs(one).map(({ cpu }, at) => (cpu ?? Number.NaN) / (others[at]?.cpu ?? Number.NaN));
    return ratios.some(Number.isNaN) ? undefined : median(ratios);
  }

  #runs(name: PeerName): readonly QueryRate[] {
    return this.#rounds.map((round) => {
      const run = round.get(name);
      if (run === undefined) throw new Error(`${name} was not measured`);
      return run;
    });
  }
}

/** Measures servers in turn, every other round the other way about: none always comes behind the same one. */
export async function measureQueryRates(
  peers: Peers,
  names: readonly PeerName[],
  question: Question,
  load: ClientsAtWork,
): Promise<QueryRates> {
  const measured: ReadonlyMap<PeerName, QueryRate>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const inTurn = peers.named(...names);
    const runs = new Map<PeerName, QueryRate>();
    for (const peer of round % 2 === 0 ? inTurn : inTurn.toReversed()) {
      runs.set(peer.name, await measureOnce(peers, peer, question, load));
    }
    measured.push(runs);
  }
  return new QueryRates(measured);
}

async function measureOnce(peers: Peers, peer: Peer, question: Question, { clients, depth }: ClientsAtWork) {
  const { name, port } = peer;
  // The echo has no session to ask; it was given the answer of ours.
  const [ours = peer] = peers.named('riffq');
  const answer = await answerTo(name === 'echo' ? ours.port : port, question);
  const frames = Buffer.concat(Array.from({ length: depth }, () => question.frames));
  const request = { ...question, kind: 'queries', port, clients, startup, frames, seconds } as const;
  const before = await peer.cpu();
  const report = await peers.load.run({ ...request, replyBytes: answer.length * depth });
  const after = await peer.cpu();
  const used = before === undefined || after === undefined ? undefined : after - before;
  return {
    name,
    perSecond: (report.count * depth) / report.seconds,
    cpu: used === undefined ? undefined : (used / (report.countOfAll * depth)) * 1e6,
  };
}

/** A server's rate and CPU. */
export function rateMeasure(what: string, { name, perSecond, cpu }: QueryRate): Measure {
  const used = cpu === undefined ? '' : `, ${cpu.toFixed(1)} us CPU`;
  return { what: `${what}: ${name}`, value: `${Math.round(perSecond)}/s${used}` };
}

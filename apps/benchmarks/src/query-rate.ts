import type { Measure } from './benchmark.js';
import { answerTo, type Peer, type PeerName, type Peers, type Question, startup } from './peers.js';

/** A server's best run. */
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

const runs = 3;
const seconds = 1.2;

/** Measures servers in turn, so that what else the machine does meets them all; the best of three runs each. */
export async function measureQueryRates(
  peers: Peers,
  names: readonly PeerName[],
  question: Question,
  load: ClientsAtWork,
): Promise<ReadonlyMap<PeerName, QueryRate>> {
  const best = new Map<PeerName, QueryRate>();
  for (let run = 0; run < runs; run += 1) {
    for (const peer of peers.named(...names)) {
      const measured = await measureOnce(peers, peer, question, load);
      if (measured.perSecond > (best.get(peer.name)?.perSecond ?? 0)) best.set(peer.name, measured);
    }
  }
  return best;
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

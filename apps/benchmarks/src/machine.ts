import { readFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
}

/** How quiet the machine was at one moment. */
export interface Quietness {
  /** Programs that want a core, over the last minute. */
  readonly load: number;
  /** Milliseconds of CPU that a fixed piece of work takes: more when others use the caches or the clock is lower. */
  readonly workMilliseconds: number;
  /** Of that work's time, the part in which it had a core. */
  readonly hadCore: number;
  /** Ticks that the host gave to others, and all ticks; where there is /proc. */
  readonly stolen: number;
  readonly ticks: number;
}

/** The machine's facts. */
export function describeMachine(): Machine {
  return {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  };
}

/** Looks at the machine and does a piece of work on it. */
export async function measureQuietness(): Promise<Quietness> {
  const { stolen, ticks } = await cpuTicks();
  work();
  const began = performance.now();
  const before = process.cpuUsage();
  for (let times = 0; times < 10; times += 1) work();
  const { user, system } = process.cpuUsage(before);
  const wall = performance.now() - began;
  const used = (user + system) / 1000;
  return { load: loadavg()[0] ?? 0, workMilliseconds: used, hadCore: Math.min(1, used / wall), stolen, ticks };
}

/** Why figures of wall time cannot be trusted; none on a quiet machine. */
export function reasonsForDoubt(before: Quietness, after: Quietness, cores: number): readonly string[] {
  const reasons: string[] = [];
  if (before.load > cores / 2)
    reasons.push(`load ${before.load.toFixed(1)} on ${cores} cores before the first benchmark`);
  const stolen = (after.stolen - before.stolen) / Math.max(1, after.ticks - before.ticks);
  if (stolen > 0.02) reasons.push(`the host took ${percent(stolen)} of the time away`);
  const hadCore = Math.min(before.hadCore, after.hadCore);
  if (hadCore < 0.95) reasons.push(`the calibration had a core for only ${percent(hadCore)} of its time`);
  const drift = after.workMilliseconds / before.workMilliseconds;
  if (Math.abs(drift - 1) > 0.1) {
    reasons.push(`the same work took ${drift.toFixed(2)} times as much CPU at the end as at the beginning`);
  }
  return reasons;
}

/** How fast the machine is beside that of another run, by what the fixed piece of work takes on each; undefined where that did not tell. */
export function speedBeside(
  { workMilliseconds }: Pick<Quietness, 'workMilliseconds'>,
  other: { readonly workMilliseconds?: number },
): string | undefined {
  if (other.workMilliseconds === undefined) return undefined;
  const speed = other.workMilliseconds / workMilliseconds;
  const times = `${workMilliseconds.toFixed(0)} ms for the fixed piece of work, ${other.workMilliseconds.toFixed(0)} ms then`;
  return `This machine runs at ${speed.toFixed(2)} of the speed of the kept run (${times}).`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Integer and memory work of some 20 ms. */
function work(): number {
  const table = new Uint32Array(1 << 18);
  let state = 1;
  for (let step = 0; step < 6_000_000; step += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    table[state >>> 14]! += state & 1;
  }
  return table[0] ?? 0;
}

async function cpuTicks(): Promise<{ readonly stolen: number; readonly ticks: number }> {
  if (process.platform !== 'linux') return { stolen: 0, ticks: 0 };
  // user, nice, system, idle, iowait, irq, softirq, steal: https://man7.org/linux/man-pages/man5/proc_stat.5.html
  const [line = ''] = (await readFile('/proc/stat', 'latin1')).split('\n');
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  return { stolen: ticks[7] ?? 0, ticks: ticks.reduce((sum, count) => sum + count, 0) };
}

import { readdir, readFile } from 'node:fs/promises';

const ticksPerSecond = 100;

/** Seconds of CPU that a process of one thread has used, from Linux's /proc; undefined where there is none. */
export async function processCpu(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  // Nanoseconds, where /proc/<pid>/stat has hundredths of a second: https://docs.kernel.org/scheduler/sched-stats.html
  const [nanoseconds = Number.NaN] = (await readFile(`/proc/${pid}/schedstat`, 'latin1')).split(' ').map(Number);
  return nanoseconds / 1e9;
}

/** The same of a process, its children, and those of them that have ended: of a PostgreSQL and all its backends. */
export async function processTreeCpu(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const { own, ended } = await readStat(pid);
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // One that has ended since is none of ours, or is counted the next time.
  const stats = await Promise.all(all.map((name) => readStat(Number(name)).catch(() => undefined)));
  const children = stats.filter((stat) => stat?.parent === pid).map((stat) => stat?.own ?? 0);
  return own + ended + children.reduce((sum, cpu) => sum + cpu, 0);
}

async function readStat(pid: number) {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  // The command in parentheses may hold blanks; the parent is the 2nd field behind it, utime, stime and those of ended
  // children are the 12th to 15th. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
  return {
    parent: fields[1],
    own: (user + system) / ticksPerSecond,
    ended: (endedUser + endedSystem) / ticksPerSecond,
  };
}

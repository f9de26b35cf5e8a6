import { readFile } from 'node:fs/promises';

const ticksPerSecond = 100;

/** Seconds of CPU that a process has used, from Linux's /proc; undefined where there is none. */
export async function processCpu(pid: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  // The command in parentheses may hold blanks; utime and stime are the 12th and 13th fields behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

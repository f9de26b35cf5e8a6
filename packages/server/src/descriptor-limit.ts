import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** Where the operating system has no such limit, or does not tell it: Windows. */
const unlimited = 1_000_000;

let known: number | undefined;

/** How many files and sockets this process may have open at once; Node itself has raised that as far as it may go. */
export function descriptorLimit(): number {
  known ??= readLimit();
  return known;
}

function readLimit(): number {
  return (platform() === 'linux' ? limitOfLinux() : undefined) ?? limitOfReport();
}

/** A report has it too, but looks at all of the process first: that takes a hundred times as long, at the start of every program. */
function limitOfLinux(): number | undefined {
  let limits: string;
  try {
    limits = readFileSync('/proc/self/limits', 'latin1');
  } catch {
    // Where /proc is not mounted.
    return undefined;
  }
  // https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html
  const soft = /^Max open files +(\d+|unlimited) /m.exec(limits)?.[1];
  return soft === undefined ? undefined : Math.min(Number.parseInt(soft, 10) || unlimited, unlimited);
}

function limitOfReport(): number {
  const { report } = process;
  // Other runtimes have none.
  if (report === undefined) return unlimited;
  const excluded: unknown = Reflect.get(report, 'excludeNetwork');
  // Else the report looks up the names of all that the process is connected with.
  Reflect.set(report, 'excludeNetwork', true);
  const made = report.getReport();
  Reflect.set(report, 'excludeNetwork', excluded);
  let found: unknown = made;
  for (const name of ['userLimits', 'open_files', 'soft']) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined;
  }
  return typeof found === 'number' ? found : unlimited;
}

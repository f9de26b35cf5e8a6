/** Where the operating system has no such limit, or does not tell it: Windows. */
const unlimited = 1_000_000;

let known: number | undefined;

/** How many files and sockets this process may have open at once; Node itself has raised that as far as it may go. */
export function descriptorLimit(): number {
  known ??= readLimit();
  return known;
}

function readLimit(): number {
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

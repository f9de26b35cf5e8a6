import { fileURLToPath } from 'node:url';

/** The path of a program in `fixtures/`, to be run with `process.execPath`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}.mjs`, import.meta.url));
}

/** Whether a process is there, by its id. */
export function isRunning(processId: number | undefined): boolean {
  try {
    return process.kill(Number(processId), 0);
  } catch {
    return false;
  }
}

/** The process id that a fixture has printed. */
export function printedProcessId(output: string): number {
  return Number(/pid (\d+)/.exec(output)?.[1]);
}

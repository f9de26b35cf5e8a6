import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

function killAll(): void {
  for (const child of running) {
    child.kill('SIGKILL');
  }
}

/** Kills a process when our own ends before it does: a test that calls `process.exit` leaves no server behind. */
export function stopWithUs(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  // One listener for all: one for each would soon be more than Node finds plausible.
  if (running.size === 0) {
    process.on('exit', killAll);
  }
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) {
      process.off('exit', killAll);
    }
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { supervisorProgram } from './supervisor-program.js';
import type { SystemUser } from './unprivileged-user.js';

/** What is known of a program that the supervisor runs. */
export interface SupervisedProgram {
  /** 0 when it could not be started. */
  readonly pid: number;
  /** The end of what it has printed, at most 16 KiB. */
  readonly output: string;
  /** How it ended; `undefined` while it runs. */
  readonly ended: string | undefined;
}

type Report = { readonly [name in 'pid' | 'output' | 'ended']?: unknown };

/**
 * Runs programs in a folder, one after another, from a process of its own that outlives us for a moment: however we
 * end (SIGKILL and Ctrl-C too), it sees its input end, stops what still runs and removes the folder.
 */
export class Supervisor {
  readonly #input: Writable;
  readonly #closed: Promise<unknown>;
  #receive: (report: Report) => void = () => undefined;
  #gone = false;

  constructor(folder: string, user: SystemUser | undefined) {
    const setup = JSON.stringify({ folder, user });
    // Detached: Ctrl-C reaches the whole foreground process group, and this process has work left then.
    const child = spawn(process.execPath, ['--eval', supervisorProgram, setup], {
      cwd: folder,
      detached: true,
      env: environment(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#input = child.stdin;
    this.#closed = once(child, 'close');
    // When it is gone its output ends too, which is where that is dealt with.
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout })
      .on('line', (line) => this.#receive(JSON.parse(line)))
      .once('close', () => {
        this.#gone = true;
        this.#receive({ ended: 'its supervisor is gone' });
      });
  }

  /** Runs a program until it has printed the text `until`, or has ended. The program before must have ended. */
  run(command: string, parameters: readonly string[], until?: string): Promise<SupervisedProgram> {
    return new Promise((resolve, reject) => {
      if (this.#gone) {
        reject(new Error('the supervisor is gone'));
        return;
      }
      let pid = 0;
      let output = '';
      this.#receive = (report) => {
        pid = Number(report.pid ?? pid);
        output = (output + String(report.output ?? '')).slice(-16_384);
        const ended = report.ended === undefined ? undefined : String(report.ended);
        if (ended !== undefined || (until !== undefined && output.includes(until))) {
          this.#receive = () => undefined;
          resolve({ pid, output, ended });
        }
      };
      this.#input.write(`${JSON.stringify({ command, parameters })}\n`);
    });
  }

  /** Stops what runs, removes the folder and settles when both is done. */
  async close(): Promise<void> {
    this.#input.end();
    await this.#closed;
  }
}

/** Ours, but for the variables that change how PostgreSQL's programs and Node work. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && name !== 'NODE_OPTIONS');
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

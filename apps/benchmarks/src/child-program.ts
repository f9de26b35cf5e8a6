import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of ours in a process of its own, so that its CPU and memory are its own; it answers each request once. */
export class ChildProgram<Request extends object | string, Report> implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #isReport: (value: unknown) => value is Report;

  /**
   * @param name - of its file beside this one, without ending
   * @param options - how many files and sockets it may have open, and flags for Node
   */
  constructor(
    name: string,
    parameters: readonly string[],
    isReport: (value: unknown) => value is Report,
    { descriptors, flags = [] }: { readonly descriptors?: number | undefined; readonly flags?: readonly string[] } = {},
  ) {
    const program = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    this.#child =
      descriptors === undefined ? run(program, parameters, flags) : runLimited(program, parameters, descriptors);
    this.#isReport = isReport;
  }

  /** Sends a request and waits for its report. */
  ask(request: Request): Promise<Report> {
    const report = this.report();
    this.#child.send(request);
    return report;
  }

  /** What the program says next. */
  async report(): Promise<Report> {
    const stopped = new AbortController();
    const exit = once(this.#child, 'exit', { signal: stopped.signal }).then(
      () => Promise.reject(new Error('the program ended')),
      () => undefined,
    );
    const message = once(this.#child, 'message', { signal: stopped.signal });
    const [first] = await Promise.race([message, exit.then(() => [undefined])]);
    stopped.abort();
    if (!this.#isReport(first)) throw new Error(`the program said something else: ${JSON.stringify(first)}`);
    return first;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // It may have ended by itself, of an error of its own.
    if (!this.#child.connected) return;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}

const serialization = 'advanced';
const execArgv = ['--expose-gc'];

function run(program: string, parameters: readonly string[], flags: readonly string[]): ChildProcess {
  return fork(program, parameters, { serialization, execArgv: [...execArgv, ...flags] });
}

function runLimited(program: string, parameters: readonly string[], descriptors: number): ChildProcess {
  const command = ['-c', `ulimit -n ${descriptors} && exec "$@"`, 'sh', process.execPath, ...execArgv, program];
  return spawn('sh', [...command, ...parameters], { serialization, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
}

import { ChildProgram } from './child-program.js';
import type { LoadReport, LoadRequest } from './load-request.js';

/** Many clients, in a process of their own. */
export class LoadGenerator implements AsyncDisposable {
  readonly #program = new ChildProgram<LoadRequest, LoadReport>('load-program', [], isReport);

  /** Does something to a server; settles when it is done. */
  run(request: LoadRequest): Promise<LoadReport> {
    return this.#program.ask(request);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#program[Symbol.asyncDispose]();
  }
}

function isReport(value: unknown): value is LoadReport {
  return typeof value === 'object' && value !== null && 'count' in value && 'seconds' in value;
}

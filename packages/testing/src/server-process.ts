import type { ChildProcess } from 'node:child_process';

/** A server that `startServer` started. Disposing of it (`await using`) stops it as `stopServer` does. */
export interface ServerProcess extends AsyncDisposable {
  readonly process: ChildProcess;
  /** The address that was probed: `127.0.0.1`. */
  readonly host: string;
  readonly port: number;
  /** The end of what the server has printed so far on both outputs, at most 16 Ki characters. */
  readonly output: string;
}

import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

const maximumLength = 16_384;
const patience = 100;

/** Reads what a process prints, so that it never waits for us, and keeps the end of it. */
export class RecentOutput {
  #text = '';
  /** Settles when the process has ended and all that it printed is in `text`. */
  readonly ended: Promise<unknown>;

  constructor(child: ChildProcess) {
    const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
    for (const stream of streams) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#text = (this.#text + text).slice(-maximumLength);
      });
    }
    this.ended = Promise.all(streams.map((stream) => finished(stream).catch(() => undefined)));
    child.once('exit', () => this.#letGo(streams));
  }

  /** At most 16 Ki characters of both outputs. */
  get text(): string {
    return this.#text;
  }

  /** A process that inherited the pipes may hold them open for ever; we do not wait for that. */
  #letGo(streams: readonly Readable[]): void {
    const timer = setTimeout(() => {
      for (const stream of streams) {
        stream.destroy();
      }
    }, patience);
    this.ended.then(() => clearTimeout(timer));
  }
}

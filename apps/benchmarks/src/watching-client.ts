import { setTimeout } from 'node:timers/promises';
import type { Bar } from './bars.js';
import { type Measure, timeMeasure } from './benchmark.js';
import { LoadConnection } from './load-connection.js';
import { simple, startup } from './peers.js';

const askEvery = 10;

/** A client that asks every 10 ms, and how long it waits. */
export class WatchingClient {
  readonly #client: LoadConnection;
  readonly #waits: number[] = [];
  readonly #done: Promise<void>;
  #ending = false;

  private constructor(client: LoadConnection) {
    this.#client = client;
    this.#done = this.#ask();
  }

  static async open(port: number): Promise<WatchingClient> {
    return new WatchingClient(await LoadConnection.open(port, startup));
  }

  /** Leaves, and tells how long it waited; the bar is for all but one of a hundred times. */
  async end(bar?: Bar): Promise<readonly Measure[]> {
    this.#ending = true;
    await this.#done;
    const sorted = this.#waits.sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.POSITIVE_INFINITY;
    const what = 'SELECT 1 of another client, p99';
    return [
      { what: 'SELECT 1 of another client, median', value: `${at(0.5).toFixed(1)} ms` },
      bar === undefined ? { what, value: `${at(0.99).toFixed(0)} ms` } : timeMeasure(what, at(0.99), bar),
    ];
  }

  async #ask(): Promise<void> {
    while (!this.#ending) {
      const asked = performance.now();
      await this.#client.ask(simple.frames);
      this.#waits.push(performance.now() - asked);
      await setTimeout(askEvery);
    }
    await this.#client.close();
  }
}

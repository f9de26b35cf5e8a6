import { setTimeout } from 'node:timers/promises';
import { serialize } from 'pg-protocol';
import { expect } from 'vitest';
import { Frontend } from './frontend.js';

const pause = 10;
/** Milliseconds that no answer may take, generous enough for a busy machine. */
const patience = 10_000;

/** A second client that runs `select 1` every 10 ms and remembers each answer that is other than the first. */
export class Bystander {
  readonly #client: Frontend;
  readonly #usual: string;
  readonly #wrong: string[] = [];
  readonly #looking: Promise<void>;
  #slowest = 0;
  #leaving = false;

  private constructor(client: Frontend, usual: string) {
    this.#client = client;
    this.#usual = usual;
    this.#looking = this.#look();
  }

  /** Connects to a server's port, as user `bystander`, and begins to look. */
  static async watch(
    port: number,
    password?: string,
    parameters: Readonly<Record<string, string>> = { user: 'bystander' },
  ): Promise<Bystander> {
    const client = await Frontend.connect(port);
    client.send(serialize.startup({ ...parameters }));
    if (password !== undefined) client.send(serialize.password(password));
    await client.until('ReadyForQuery');
    return new Bystander(client, await client.ask(serialize.query('select 1')));
  }

  /** Leaves, after at least one answer more, and holds that every answer was right and came in good time. */
  async expectUnharmed(): Promise<void> {
    this.#leaving = true;
    await this.#looking;
    this.#client.stream.destroy();
    expect(this.#wrong).toEqual([]);
    expect(this.#slowest).toBeLessThan(patience);
  }

  async #look(): Promise<void> {
    for (let last = false; !last; ) {
      last = this.#leaving;
      const asked = performance.now();
      const answer = await this.#client.ask(serialize.query('select 1'));
      this.#slowest = Math.max(this.#slowest, performance.now() - asked);
      if (answer !== this.#usual) this.#wrong.push(answer);
      if (!last) await setTimeout(pause);
    }
  }
}

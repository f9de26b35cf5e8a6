import { type Oracle, startOracle } from '@riffq/conformance/oracle';
import { RawClient } from '@riffq/testing';
import { serialize } from 'pg-protocol';
import { LoadGenerator } from './load-generator.js';
import { processTreeCpu } from './process-cpu.js';
import { ServerUnderTest } from './server-under-test.js';

export type PeerName = 'riffq' | 'echo' | 'PostgreSQL';

/** A server that others are compared with, or that is compared. */
export interface Peer {
  readonly name: PeerName;
  readonly port: number;
  /** Seconds of CPU so far, where they can be read. */
  cpu(): Promise<number | undefined>;
}

const user = 'postgres';
/** What opens a session; nobody is asked for a password. */
export const startup: Uint8Array = serialize.startup({ user, database: user });

/** What clients send as raw bytes: once at the beginning, and then again and again. */
export interface Question {
  readonly preparation?: Uint8Array;
  readonly frames: Uint8Array;
}

const select = 'SELECT 1';
const execute = [
  serialize.bind({ statement: 'one' }),
  serialize.describe({ type: 'P' }),
  serialize.execute(),
  serialize.sync(),
];

export const simple: Question = { frames: serialize.query(select) };
export const prepared: Question = {
  preparation: Buffer.concat([serialize.parse({ text: select, name: 'one' }), serialize.sync()]),
  frames: Buffer.concat(execute),
};

/** The servers that answer `SELECT 1`, and the load generator, each in a process of its own. */
export class Peers implements AsyncDisposable {
  readonly #oracle: Oracle;
  readonly #ours: ServerUnderTest;
  readonly #echo: ServerUnderTest;
  readonly load = new LoadGenerator();

  private constructor(oracle: Oracle, ours: ServerUnderTest, echo: ServerUnderTest) {
    this.#oracle = oracle;
    this.#ours = ours;
    this.#echo = echo;
  }

  static async start(): Promise<Peers> {
    const oracle = await startOracle({ settings: { jit: 'off' }, authentication: 'trust' });
    const ours = await ServerUnderTest.start('synthetic', 50_000);
    const { port } = ours.address;
    const echo = await ServerUnderTest.startEcho(
      new Map([
        ['Q', await answerTo(port, simple)],
        ['P', Buffer.from('31000000045a0000000549', 'hex')],
        ['B', await answerTo(port, prepared)],
      ]),
    );
    return new Peers(oracle, ours, echo);
  }

  /** Those that are asked for. */
  named(...names: readonly PeerName[]): readonly Peer[] {
    const { port } = this.#oracle.address;
    const all: readonly Peer[] = [
      { name: 'riffq', port: this.#ours.address.port, cpu: async () => (await this.#ours.usage()).cpu },
      { name: 'echo', port: this.#echo.address.port, cpu: async () => (await this.#echo.usage()).cpu },
      { name: 'PostgreSQL', port, cpu: () => processTreeCpu(this.#oracle.pid) },
    ];
    return all.filter(({ name }) => names.includes(name));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.load[Symbol.asyncDispose]();
    await this.#ours[Symbol.asyncDispose]();
    await this.#echo[Symbol.asyncDispose]();
    await this.#oracle.close();
  }
}

/** All bytes that a server answers to a question. */
export async function answerTo(port: number, { preparation, frames }: Question): Promise<Buffer> {
  await using client = await RawClient.connect({ port }, { user, database: user });
  if (preparation !== undefined) await client.ask(preparation);
  const { messages } = await client.ask(frames);
  return Buffer.concat(messages.map(({ bytes }) => bytes));
}

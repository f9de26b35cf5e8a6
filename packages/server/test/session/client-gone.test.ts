import { RawClient } from '@riffq/testing';
import { describe, expect, test } from 'vitest';
import { BaseConnection, type BooleanCallback, type QueryResult, type TransactionCommand } from '../../src/index.js';
import { Bystander } from '../bystander.js';
import { bind, describePortal, describeStatement, execute, extended, flush, parse, query, sync } from '../frames.js';
import { Latch } from '../latch.js';
import { Listening } from '../listening.js';
import { startupMessage } from '../startup-packets.js';
import { integers } from '../tracked-source.js';

/** Where the host's code is when its client goes; it writes nothing meanwhile. */
type Phase =
  | 'handleAuth'
  | 'handleConnect'
  | 'handleQuery'
  | 'handleDescribe'
  | 'handleTransaction'
  | 'handleCopyIn'
  | 'the first batch'
  | 'the second batch';

/** A server whose connections, for one user, wait in one phase: for ever, or until they are told to stop. */
class Waiting {
  readonly begun = new Latch<AbortSignal>();
  readonly disconnected = new Latch();
  readonly #phase: Phase;
  readonly #deaf: boolean;

  constructor(phase: Phase, deaf: boolean) {
    this.#phase = phase;
    this.#deaf = deaf;
  }

  connectionClass() {
    const waiting = this;
    class Connection extends BaseConnection {
      override handleConnect(_ip: string, _port: number, { signal }: { readonly signal: AbortSignal }) {
        return this.waitIn('handleConnect', signal, true);
      }

      override handleQuery(sql: string, _callback: unknown, { signal }: { readonly signal: AbortSignal }) {
        if (!/stream/.test(sql)) return this.waitIn<QueryResult>('handleQuery', signal, integers(1));
        return { schema: integers().schema, batches: this.batches(signal) };
      }

      override async handleTransaction(_command: TransactionCommand, { signal }: { readonly signal: AbortSignal }) {
        await this.waitIn('handleTransaction', signal, undefined);
      }

      override async handleCopyIn(_target: unknown, _stream: unknown, { signal }: { readonly signal: AbortSignal }) {
        return this.waitIn('handleCopyIn', signal, 0);
      }

      override handleDisconnect() {
        if (this.session.user !== 'bystander') waiting.disconnected.open();
      }

      async *batches(signal: AbortSignal) {
        await this.waitIn('the first batch', signal, undefined);
        yield integers(1);
        await this.waitIn('the second batch', signal, undefined);
      }

      async waitIn<T>(phase: Phase, signal: AbortSignal, otherwise: T): Promise<T> {
        if (waiting.#phase !== phase || this.session.user === 'bystander') return otherwise;
        waiting.begun.open(signal);
        return new Promise<never>((_, reject) => {
          if (!waiting.#deaf) signal.addEventListener('abort', () => reject(signal.reason));
        });
      }
    }
    if (this.#phase === 'handleDescribe') {
      return class extends Connection {
        override async handleDescribe(_sql: string, { signal }: { readonly signal: AbortSignal }) {
          return this.waitIn('handleDescribe', signal, { parameterTypes: [], schema: integers().schema });
        }
      };
    }
    if (this.#phase !== 'handleAuth') return Connection;
    return class extends Connection {
      override async handleAuth(
        _user: string,
        _password: string,
        _host: string,
        { signal }: { readonly callback: BooleanCallback; readonly signal: AbortSignal },
      ) {
        return this.waitIn('handleAuth', signal, true);
      }
    };
  }
}

const phases: readonly [phase: Phase, within: string, frames: readonly Uint8Array[]][] = [
  ['handleAuth', 'a password', []],
  ['handleConnect', 'start-up', []],
  ['handleQuery', 'a simple query', [query('select')]],
  ['handleQuery', 'an extended query', [extended('select'), sync()]],
  ['handleQuery', 'the second query of a pipeline', [extended('select stream'), extended('select'), sync()]],
  ['handleQuery', 'Describe of a statement', [parse('select'), describeStatement(), flush()]],
  ['handleQuery', 'Describe of a portal', [parse('select'), bind(), describePortal(), sync()]],
  ['handleQuery', 'COPY TO STDOUT', [query('copy (select) to stdout')]],
  ['handleDescribe', 'Describe of a statement', [parse('select'), describeStatement(), flush()]],
  ['handleDescribe', 'COPY FROM STDIN', [query('copy t from stdin')]],
  ['handleTransaction', 'BEGIN', [query('begin')]],
  ['handleTransaction', 'an implicit block', [query('select; select')]],
  ['handleCopyIn', 'COPY FROM STDIN', [query('copy t (a) from stdin')]],
  ['the first batch', 'a simple query', [query('select stream')]],
  ['the first batch', 'COPY TO STDOUT', [query('copy (select stream) to stdout')]],
  ['the second batch', 'a simple query', [query('select stream')]],
  ['the second batch', 'a portal', [parse('select stream'), bind(), execute('', 2), sync()]],
  ['the second batch', 'COPY TO STDOUT', [query('copy (select stream) to stdout')]],
];

describe.each(['FIN', 'RST'])('a client that is gone (%s) while nothing is written to it', (way) => {
  test.each(phases)('is noticed within a second in %s, in %s', async (phase, _, frames) => {
    for (const deaf of [false, true]) {
      const waiting = new Waiting(phase, deaf);
      await using server = await Listening.open(waiting.connectionClass());
      const password = phase === 'handleAuth' ? Buffer.from('p\0\0\0\x05\0') : Buffer.alloc(0);
      const bystander = await Bystander.watch(server.port, phase === 'handleAuth' ? '' : undefined);
      await using client = await RawClient.open({ port: server.port });
      client.send(startupMessage(0, { user: 'alice' }), password, ...frames);
      const signal = await waiting.begun.opened;
      const left = performance.now();
      if (way === 'FIN') client.halfClose();
      else client.reset();
      await waiting.disconnected.opened;
      expect(performance.now() - left).toBeLessThan(1000);
      expect(signal.reason).toMatchObject({ severity: 'FATAL', sqlstate: '08006' });
      await bystander.expectUnharmed();
      expect(server.logger.lines).toEqual([]);
    }
  });
});

test.each(['close', 'RST'])(
  'a client that is gone (%s) is noticed within a second with megabytes of its messages waiting',
  async (way) => {
    const waiting = new Waiting('handleQuery', false);
    await using server = await Listening.open(waiting.connectionClass());
    const bystander = await Bystander.watch(server.port);
    await using client = await RawClient.open({ port: server.port });
    client.send(startupMessage(0, { user: 'alice' }));
    await client.until(({ name }) => name === 'ReadyForQuery');
    client.send(query('select'), ...Array.from({ length: 20 }, () => query('x'.repeat(100_000))));
    const signal = await waiting.begun.opened;
    const left = performance.now();
    if (way === 'RST') client.reset();
    else client.stream.destroy();
    await waiting.disconnected.opened;
    expect(performance.now() - left).toBeLessThan(1000);
    expect(signal.reason).toMatchObject({ severity: 'FATAL', sqlstate: '08006' });
    await bystander.expectUnharmed();
  },
);

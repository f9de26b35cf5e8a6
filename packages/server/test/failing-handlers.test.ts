import { once } from 'node:events';
import { cancelRequest } from '@riffq/testing';
import { expect, test } from 'vitest';
import { BaseConnection, type QueryContext, type Session } from '../src/index.js';
import { oneRow } from './answers.js';
import { Bystander } from './bystander.js';
import { serialize } from './conversation.js';
import { describeStatement, parse, query, sync } from './frames.js';
import type { Frontend } from './frontend.js';
import { Latch } from './latch.js';
import { Listening } from './listening.js';
import { startupMessage } from './startup-packets.js';

/** All that a host's connections may do beside answering queries, and whether the client has gone by then. */
const hooks = {
  needsPassword: false,
  lookupPassword: false,
  handleAuth: false,
  handleConnect: false,
  handleDescribe: false,
  handleTransaction: false,
  handleCopyIn: false,
  handleCancel: false,
  handleDisconnect: true,
  [Symbol.asyncDispose]: true,
};
const all = Reflect.ownKeys(hooks);
const failure = new Error('the disk is on fire');

/** Connections of whom mallory's has one hook that does what it should not. */
class Spoiled {
  readonly events: string[] = [];
  readonly called = new Latch();
  readonly running = new Latch();

  /** A server that asks mallory and others for a password, but the bystander. */
  open(hook: string | symbol, spoil: () => unknown): Promise<Listening> {
    const spoiled = this;
    class Connection extends BaseConnection {
      constructor(...context: ConstructorParameters<typeof BaseConnection>) {
        super(...context);
        if (this.session.user !== 'mallory') return;
        const value = (): unknown => {
          spoiled.called.open();
          return spoil();
        };
        Object.defineProperty(this, hook, { value });
      }
      override needsPassword() {
        return true;
      }
      override lookupPassword() {
        return 'secret';
      }
      override async handleQuery(sql: string, _callback: unknown, { signal }: QueryContext) {
        if (sql !== 'wait') return oneRow();
        spoiled.running.open();
        if (!signal.aborted) await once(signal, 'abort');
        throw signal.reason;
      }
      override handleTransaction(): void {}
      override async handleCopyIn(_target: unknown, { batches }: { readonly batches: AsyncIterable<unknown> }) {
        for await (const _ of batches);
        return 0;
      }
      override handleDisconnect(): void {
        spoiled.events.push(`disconnect ${this.session.user}`);
      }
    }
    const authentication = ({ user }: Session) => (user === 'bystander' ? 'trust' : 'password');
    return Listening.open(Connection, { authentication }, (server) =>
      server.handleShutdown(() => void this.events.push('shutdown')),
    );
  }

  /** Has a client do all that hooks are there for, until the one is called. */
  async play(client: Frontend, listening: Listening, hook: string | symbol): Promise<void> {
    client.send(startupMessage(0, { user: 'mallory' }), serialize.password('secret'));
    client.send(parse('select 1'), describeStatement(), sync(), query('begin'), query('rollback'));
    client.send(query('copy t (a) from stdin'), serialize.copyData(Buffer.from('1\n')), serialize.copyDone());
    client.send(query('wait'));
    if (hook === 'handleCancel') {
      await this.running.opened;
      await client.until('BackendKeyData');
      (await listening.connect()).send(cancelRequest(client.cancelKey));
    }
    if (Reflect.get(hooks, hook)) client.stream.destroy();
    await this.called.opened;
  }
}

test.each(all.flatMap((hook) => [[String(hook), 'throws', hook] as const, [String(hook), 'rejects', hook] as const]))(
  'a %s that %s ends at most its own session, and is logged',
  async (_, way, hook) => {
    const spoiled = new Spoiled();
    await using listening = await spoiled.open(hook, () => {
      if (way === 'rejects') return Promise.reject(failure);
      throw failure;
    });
    const bystander = await Bystander.watch(listening.port);
    const client = await listening.connect();
    await spoiled.play(client, listening, hook);
    client.stream.destroy();
    const other = await listening.connect();
    other.send(startupMessage(0, { user: 'alice' }), serialize.password('secret'));
    expect(await other.until('ReadyForQuery')).toContain('AuthenticationOk');
    await bystander.expectUnharmed();
    await listening.server.close();
    const left = ['alice', 'bystander', ...(hook === 'handleDisconnect' ? [] : ['mallory'])];
    expect(spoiled.events.slice(0, -1).sort()).toEqual(left.map((user) => `disconnect ${user}`));
    expect(spoiled.events.at(-1)).toBe('shutdown');
    const logged = listening.logger.lines.map(({ fields }) => ('err' in fields ? fields.err : undefined));
    expect(logged).toContain(failure);
  },
);

test.each(all.filter((hook) => !Reflect.get(hooks, hook)))(
  'a %s that never ends holds up nobody, and no stop: every handleDisconnect has run before handleShutdown',
  async (hook) => {
    const spoiled = new Spoiled();
    await using listening = await spoiled.open(hook, () => new Promise(() => {}));
    const bystander = await Bystander.watch(listening.port);
    const client = await listening.connect();
    await spoiled.play(client, listening, hook);
    await bystander.expectUnharmed();
    await listening.server.close({ grace: 0 });
    expect(spoiled.events).toEqual([
      expect.stringContaining('disconnect'),
      expect.stringContaining('disconnect'),
      'shutdown',
    ]);
    client.stream.destroy();
  },
);

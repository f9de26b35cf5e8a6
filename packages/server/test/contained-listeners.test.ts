import { EventEmitter, once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { cancelRequest } from '@riffq/testing';
import { describe, expect, test } from 'vitest';
import { BaseConnection, type QueryContext } from '../src/index.js';
import { oneRow } from './answers.js';
import { Bystander } from './bystander.js';
import { answering, Conversation } from './conversation.js';
import { query } from './frames.js';
import { Latch } from './latch.js';
import { Listening } from './listening.js';

const failure = new Error('the engine cannot be told');

function fails(): never {
  throw failure;
}

describe('a listener of a signal', () => {
  test.each<[string, (signal: AbortSignal) => void]>([
    ['throws', (signal) => signal.addEventListener('abort', fails)],
    ['rejects', (signal) => signal.addEventListener('abort', async () => fails(), { once: true })],
    ['is an object, and throws', (signal) => signal.addEventListener('abort', { handleEvent: fails })],
    [
      'is onabort, and throws',
      (signal) => {
        signal.onabort = fails;
      },
    ],
  ])('that %s is logged, and ends nothing', async (_, listen) => {
    const running = new Latch();
    const connectionClass = answering((sql, { signal }) => {
      if (sql !== 'wait') return oneRow();
      listen(signal);
      running.open();
      return new Promise<never>(() => {});
    });
    await using server = await Listening.open(connectionClass);
    const bystander = await Bystander.watch(server.port);
    const client = await server.connect();
    await client.start();
    client.send(query('wait'));
    await running.opened;
    (await server.connect()).send(cancelRequest(client.cancelKey));
    expect(await client.until('ReadyForQuery')).toContain('C "57014"');
    expect(await client.ask(query('select 1'))).toContain('DataRow');
    await bystander.expectUnharmed();
    expect(server.logger.lines).toMatchObject([{ level: 'error', fields: { err: failure } }]);
    client.stream.destroy();
  });

  test('of the session, too', async () => {
    class Connection extends BaseConnection {
      override handleQuery() {
        this.session.signal.addEventListener('abort', fails);
        return oneRow();
      }
    }
    await using client = new Conversation(Connection);
    await client.start();
    await client.ask(query('select 1'));
    client.stream.destroy();
    await client.served;
    expect(client.logger.lines).toMatchObject([{ level: 'error', fields: { err: failure } }]);
  });

  test('is called as by any signal: once for each, not when it was taken away, and by what Node makes of signals', async () => {
    const heard: string[] = [];
    const seen = new Latch<QueryContext>();
    const done = new Latch();
    class Connection extends BaseConnection {
      override async handleQuery(_sql: string, _callback: unknown, context: QueryContext) {
        const { signal } = context;
        const note = (event: Event): void => void heard.push(`${event.type} of ${event.target === signal}`);
        const removed = (): void => void heard.push('removed');
        signal.addEventListener('abort', note);
        signal.addEventListener('abort', note);
        signal.addEventListener('abort', removed);
        signal.removeEventListener('abort', removed);
        const waits = [
          setTimeout(60_000, undefined, { signal }).catch((error: Error) => heard.push(error.name)),
          once(new EventEmitter(), 'never', { signal }).catch((error: Error) => heard.push(error.name)),
          once(signal, 'abort').then(() => heard.push('once')),
          once(AbortSignal.any([signal]), 'abort').then(() => heard.push('any')),
        ];
        seen.open(context);
        await Promise.all(waits);
        done.open();
        return oneRow();
      }
    }
    await using client = new Conversation(Connection);
    await client.start();
    client.send(query('wait'));
    await seen.opened;
    client.stream.destroy();
    await done.opened;
    expect(heard.sort()).toEqual(['AbortError', 'AbortError', 'abort of true', 'any', 'once']);
  });
});

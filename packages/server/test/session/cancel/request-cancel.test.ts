import { cancelRequest } from '@riffq/testing';
import { expect, test } from 'vitest';
import { BaseConnection, PgError, type QueryResult, tag } from '../../../src/index.js';
import { query } from '../../frames.js';
import type { Frontend } from '../../frontend.js';
import { Latch } from '../../latch.js';
import { Listening } from '../../listening.js';
import { startupMessage } from '../../startup-packets.js';

/** Connections that are told of cancels; `wait` ends when they are, as `ending` says. */
function forwarding(cancelled: string[], ending: () => QueryResult) {
  const running = new Latch();
  const connectionClass = class extends BaseConnection {
    readonly #cancelled = new Latch();

    override async handleQuery(sql: string): Promise<QueryResult> {
      if (sql !== 'wait') return tag('DONE');
      running.open();
      await this.#cancelled.opened;
      return ending();
    }

    override handleCancel(): void {
      cancelled.push('cancel');
      this.#cancelled.open();
      if (cancelled.length > 1) throw new Error('once is enough');
    }
  };
  return { connectionClass, running: running.opened };
}

async function open({ connectionClass }: ReturnType<typeof forwarding>) {
  const server = await Listening.open(connectionClass);
  const client = await server.connect();
  client.send(startupMessage(0, { user: 'alice' }));
  await client.until('ReadyForQuery');
  const cancel = async (): Promise<void> => {
    const canceller: Frontend = await server.connect();
    canceller.send(cancelRequest(client.cancelKey));
    await canceller.untilEnd();
  };
  return { server, client, cancel };
}

test('a statement that handleCancel could not stop ends as it does', async () => {
  const cancelled: string[] = [];
  const connection = forwarding(cancelled, () => tag('INSERT 0 1'));
  const { server, client, cancel } = await open(connection);
  await using _closing = server;
  await cancel();
  expect(cancelled).toEqual([]);
  client.send(query('wait'));
  await connection.running;
  await cancel();
  expect(await client.until('ReadyForQuery')).toContain('CommandComplete\t "INSERT 0 1"');
  expect(cancelled).toEqual(['cancel']);
  client.stream.destroy();
});

test('a statement that handleCancel has stopped is an error of its own', async () => {
  const connection = forwarding([], () => {
    throw new PgError({ sqlstate: '57014', message: 'stopped over there' });
  });
  const { server, client, cancel } = await open(connection);
  await using _closing = server;
  client.send(query('wait'));
  await connection.running;
  await cancel();
  expect(await client.until('ReadyForQuery')).toContain('C "57014" M "stopped over there"');
  client.stream.destroy();
});

test('a handleCancel that fails is logged, and the statement runs on', async () => {
  const connection = forwarding(['before'], () => tag('DONE'));
  const { server, client, cancel } = await open(connection);
  await using _closing = server;
  client.send(query('wait'));
  await connection.running;
  await cancel();
  expect(await client.until('ReadyForQuery')).toContain('"DONE"');
  expect(JSON.stringify(server.logger)).toContain('a handler failed to cancel');
  client.stream.destroy();
});

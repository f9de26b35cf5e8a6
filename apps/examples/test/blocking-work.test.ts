import { cancelRequest, RawClient, type ServerProcess, startServer } from '@riffq/testing';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { expect, test } from 'vitest';
import { builtProgram } from './built-program.js';

const session = { user: 'reader', database: 'any' };
/** Milliseconds that no other client may wait: far fewer than the work takes, generous for a busy machine. */
const patience = 1000;

async function connect({ host, port }: ServerProcess): Promise<pg.Client> {
  const client = new pg.Client({ host, port, ...session });
  await client.connect();
  return client;
}

test('work that blocks holds up its own client only', async () => {
  await using server = await startServer(process.execPath, [builtProgram('blocking-work')]);
  const [worker, bystander] = await Promise.all([connect(server), connect(server)]);
  try {
    expect((await worker.query('SELECT count_primes(100)')).rows).toEqual([{ primes: 25 }]);
    let working = true;
    const work = worker.query('SELECT count_primes(6000000)').finally(() => {
      working = false;
    });
    const waits: number[] = [];
    while (working) {
      const asked = performance.now();
      expect((await bystander.query('SELECT 1')).rows).toEqual([{ one: '1' }]);
      waits.push(performance.now() - asked);
    }
    expect((await work).rows).toEqual([{ primes: 412_849 }]);
    expect(waits.length).toBeGreaterThan(20);
    expect(Math.max(...waits)).toBeLessThan(patience);
  } finally {
    await Promise.all([worker.end(), bystander.end()]);
  }
}, 60_000);

test('work that is cancelled ends at once, and the next query has a thread again', async () => {
  await using server = await startServer(process.execPath, [builtProgram('blocking-work')]);
  await using client = await RawClient.connect(server, session);
  client.send(serialize.query('SELECT count_primes(4000000000)'));
  await using canceller = await RawClient.open(server);
  canceller.send(cancelRequest(client.backendKey));
  expect((await client.until('ReadyForQuery')).trace).toContain('C "57014"');
  expect((await client.ask(serialize.query('SELECT count_primes(10)'))).trace).toContain("'4'");
}, 60_000);

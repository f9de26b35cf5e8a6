import { duplexPair } from 'node:stream';
import { tableFromArrays } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { tag } from '../../src/index.js';
import { Bystander } from '../bystander.js';
import { answering, Conversation, serialize } from '../conversation.js';
import { bind, describePortal, execute, extended, frame, int32, parse, query, sync } from '../frames.js';
import { Latch } from '../latch.js';
import { Listening } from '../listening.js';
import { startupMessage } from '../startup-packets.js';
import { integers } from '../tracked-source.js';

const count = (trace: string, name: string): number => trace.split(`\t${name}`).length - 1;

/** Frames repeated as often. */
const times = (number: number, ...frames: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat(Array.from({ length: number }, () => frames).flat());

describe('a pipeline', () => {
  test('of 1000 statements before a Sync is answered in order and whole', async () => {
    let calls = 0;
    await using listening = await Listening.open(
      answering((sql) => (sql === 'select 1' ? integers(1) : integers(calls++))),
    );
    const bystander = await Bystander.watch(listening.port);
    const client = await listening.connect();
    await client.start();
    const trace = await client.ask(times(1000, extended('next')), sync());
    expect([...trace.matchAll(/DataRow\t 1 \d+ '(\d+)'/g)].map(([, n]) => Number(n))).toEqual([...Array(1000).keys()]);
    expect(count(trace, 'ParseComplete')).toBe(1000);
    await bystander.expectUnharmed();
    client.stream.destroy();
  });

  test('of 2000 Syncs in flight gets a ReadyForQuery for each, and errors end at their own', async () => {
    await using client = new Conversation(answering((sql) => tag(sql)));
    await client.start();
    const good = [extended('GOOD'), sync()];
    const bad = [extended('WORSE'), bind({ statement: 'none' }), extended('NEVER'), sync()];
    client.send(times(1000, ...good, ...bad));
    let trace = '';
    for (let i = 0; i < 2000; i += 1) trace += await client.until('ReadyForQuery');
    expect(count(trace, 'CommandComplete\t "GOOD"')).toBe(1000);
    expect(count(trace, 'CommandComplete\t "WORSE"')).toBe(1000);
    expect(count(trace, 'ErrorResponse\t S "ERROR" V "ERROR" C "26000"')).toBe(1000);
    expect(trace).not.toContain('NEVER');
  });

  test('is answered in few writes', async () => {
    await using server = await Listening.open(answering(() => integers(1)));
    const [client, served] = duplexPair();
    const done = server.server.handleSocket(served, { ip: '127.0.0.1', port: 4711 });
    const frames = times(500, extended('select'), sync());
    let writes = 0;
    client.on('data', () => {
      writes += 1;
    });
    client.end(Buffer.concat([startupMessage(0, { user: 'alice' }), frames, serialize.end()]));
    await done;
    expect(writes).toBeLessThanOrEqual(6);
  });

  test('of large replies that the client does not read is not answered on and on', async () => {
    let calls = 0;
    const large = tableFromArrays({ text: Array.from({ length: 3 }, () => 'x'.repeat(30_000)) });
    await using client = new Conversation(
      answering(() => {
        calls += 1;
        return large;
      }),
    );
    await client.start();
    client.raw.pauseReading();
    client.send(times(50, parse('select'), bind(), execute(), sync()));
    const stopped = await quiet(() => calls);
    expect(stopped).toBeLessThan(10);
    client.raw.resumeReading();
    for (let i = 0; i < 50; i += 1) await client.until('ReadyForQuery');
    expect(calls).toBe(50);
  });

  test('of thousands of skipped messages does not hold up others', async () => {
    await using listening = await Listening.open(answering(() => integers(1)));
    const bystander = await Bystander.watch(listening.port);
    const client = await listening.connect();
    await client.start();
    const trace = await client.ask(bind({ statement: 'none' }), times(20_000, extended('select')), sync());
    expect(count(trace, 'ErrorResponse')).toBe(1);
    expect(count(trace, 'DataRow')).toBe(0);
    await bystander.expectUnharmed();
    client.stream.destroy();
  });
});

describe('messages', () => {
  test('in any pieces mean the same', async () => {
    await using whole = new Conversation(answering(() => integers(1, 2)));
    await using pieces = new Conversation(answering(() => integers(1, 2)));
    await whole.start();
    await pieces.start();
    const frames = Buffer.concat([extended('select'), query('select'), sync()]);
    for (const byte of frames) pieces.send(Uint8Array.of(byte));
    const answers = [await whole.ask(frames), await whole.until('ReadyForQuery')];
    expect([await pieces.until('ReadyForQuery'), await pieces.until('ReadyForQuery')]).toEqual(answers);
  });

  test('that are function calls are refused, and the session goes on', async () => {
    await using client = new Conversation(answering(() => tag('OK')));
    await client.start();
    const call = frame('F', [int32(1), Buffer.alloc(6)]);
    expect(await client.ask(call)).toContain('C "0A000" M "function call messages are not supported"');
    expect(await client.ask(query('x'))).toContain('"OK"');
  });

  test('left over from a COPY are ignored', async () => {
    await using client = new Conversation(answering(() => tag('OK')));
    await client.start();
    const trace = await client.ask(
      frame('d', [Buffer.from('x')]),
      frame('c', []),
      frame('f', [Buffer.from('no\0')]),
      query('x'),
    );
    expect(trace).toBe('B\t7\tCommandComplete\t "OK"\nB\t5\tReadyForQuery\t I\n');
  });

  test('behind a Terminate are not read', async () => {
    const seen: string[] = [];
    await using client = new Conversation(
      answering((sql) => {
        seen.push(sql);
        return tag('OK');
      }),
    );
    await client.start();
    client.send(query('one'), frame('X', []), query('two'));
    expect(await client.untilEnd()).toContain('"OK"');
    expect(seen).toEqual(['one']);
  });

  test('are answered strictly in order while a statement takes its time', async () => {
    const latch = new Latch();
    await using client = new Conversation(
      answering(async (sql) => {
        if (sql === 'slow') await latch.opened;
        return tag(sql);
      }),
    );
    await client.start();
    client.send(extended('slow'), extended('fast'), sync(), query('last'));
    latch.open();
    const trace = (await client.until('ReadyForQuery')) + (await client.until('ReadyForQuery'));
    expect([...trace.matchAll(/CommandComplete\t "(\w+)"/g)].map(([, tag]) => tag)).toEqual(['slow', 'fast', 'last']);
  });
});

describe('answers are not held back', () => {
  test('by a statement behind them that takes its time', async () => {
    const latch = new Latch();
    await using client = new Conversation(
      answering(async (sql) => {
        if (sql === 'slow') await latch.opened;
        return tag(sql);
      }),
    );
    await client.start();
    client.send(query('fast'), query('slow'));
    expect(await client.until('ReadyForQuery')).toContain('"fast"');
    latch.open();
    expect(await client.until('ReadyForQuery')).toContain('"slow"');
  });

  test('by a Describe behind them that waits for its Execute', async () => {
    await using client = new Conversation(answering(() => integers(1)));
    await client.start();
    client.send(query('select'), parse('select'), bind(), describePortal());
    expect(await client.until('ReadyForQuery')).toContain('"SELECT 1"');
    expect(await client.ask(execute(), sync())).toContain('"SELECT 1"');
  });
});

test('a Describe whose Execute has not arrived waits for it, and runs the query once', async () => {
  let calls = 0;
  await using client = new Conversation(
    answering(() => {
      calls += 1;
      return integers(calls);
    }),
  );
  await client.start();
  client.send(parse('select'), bind(), describePortal());
  await turnOfEventLoop();
  expect(await client.ask(execute(), sync())).toContain("DataRow\t 1 1 '1'");
  expect(calls).toBe(1);
});

const turnOfEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A number that has not changed over many turns of the event loop. */
async function quiet(read: () => number): Promise<number> {
  let last = read();
  for (let turns = 0; turns < 100; turns += 1) {
    await turnOfEventLoop();
    if (read() !== last) turns = 0;
    last = read();
  }
  return last;
}

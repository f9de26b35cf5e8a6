import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { cstring, extended, frame, int32, query, sync } from '../../../packages/server/test/frames.js';
import { Frontend } from '../../../packages/server/test/frontend.js';
import { RunningProxy } from './running-proxy.js';

const ready = frame('Z', [Buffer.from('I')]);
const complete = frame('C', [cstring('DONE')]);
const greeting = [frame('R', [int32(0)]), frame('K', [int32(1), int32(2)]), ready];
const unterminated = [Buffer.from('Mno end')];

const cancelCode = 80_877_102;

/** Lets everybody in, and answers what a client asks with one thing after another. */
async function scriptedServer(...answers: readonly (readonly Uint8Array[])[]) {
  const server = createServer((socket) => {
    let next = 0;
    socket.on('error', () => {});
    socket.once('data', (first) => {
      if (first.readInt32BE(4) === cancelCode) return socket.end();
      socket.write(Buffer.concat(greeting));
      socket.on('data', () => socket.write(Buffer.concat(answers[next++] ?? [complete, ready])));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return { port: address.port, [Symbol.asyncDispose]: async () => void server.close() };
}

describe('a message of the server behind the proxy that cannot be read', () => {
  test.each([
    ['CommandComplete', frame('C', unterminated)],
    ['RowDescription', frame('T', [Buffer.of(0, 9)])],
    ['RowDescription with a name that is no UTF-8', frame('T', [Buffer.of(0, 1, 0xe9, 0), Buffer.alloc(18)])],
    ['CopyOutResponse', frame('H', [])],
    ['CopyInResponse', frame('G', [])],
  ])('fails the statement, and the session goes on: %s', async (_, message) => {
    await using upstream = await scriptedServer([message, complete, ready], [complete, ready]);
    await using proxy = await RunningProxy.open({ host: '127.0.0.1', port: upstream.port });
    const client = await Frontend.connect(proxy.port);
    await client.start();
    expect(await client.ask(query('one'))).toMatch(/ErrorResponse\t S "ERROR".* C "(08P01|22021)"/);
    expect(await client.ask(query('two'))).toContain('CommandComplete\t "DONE"');
    client.stream.destroy();
  });

  test.each([
    ['ErrorResponse', frame('E', unterminated)],
    ['NoticeResponse', frame('N', unterminated)],
    ['ParameterStatus', frame('S', unterminated)],
    ['NotificationResponse', frame('A', [])],
  ])('ends the session with a word: %s', async (_, message) => {
    for (const frames of [[query('one')], [extended('one'), sync()]]) {
      await using upstream = await scriptedServer([message, complete, ready]);
      await using proxy = await RunningProxy.open({ host: '127.0.0.1', port: upstream.port });
      const client = await Frontend.connect(proxy.port);
      await client.start();
      client.send(...frames);
      expect(await client.untilEnd()).toMatch(/ErrorResponse\t S "FATAL".* C "08P01"/);
    }
  });
});

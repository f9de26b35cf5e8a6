import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { traceBackend } from '@riffq/wire';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { server } from '../../examples/hello-server.js';
import { byte, bytes, cstring, int16, int32, message, packet } from '../test-bytes.js';

let port = 0;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address === 'object' && address !== null) port = address.port;
});

afterAll(() => {
  server.close();
});

const startup = packet(int16(3), int16(0), cstring('user'), cstring('jo'), byte(0));

async function talk(...sent: readonly Uint8Array[]): Promise<Uint8Array> {
  const client = connect(port, '127.0.0.1');
  client.end(bytes(...sent));
  const replies: Uint8Array[] = [];
  for await (const chunk of client) replies.push(chunk);
  return bytes(...replies);
}

test('the server of the README answers a client', async () => {
  expect(traceBackend(await talk(startup, message('Q', cstring('hello'))))).toMatchInlineSnapshot(`
    "B	8	AuthenticationOk
    B	5	ReadyForQuery	 I
    B	33	RowDescription	 1 "you_said" 0 0 25 65535 -1 0
    B	15	DataRow	 1 5 'hello'
    B	13	CommandComplete	 "SELECT 1"
    B	5	ReadyForQuery	 I
    "
  `);
});

test('it refuses TLS, and tells what is wrong', async () => {
  const replies = await talk(packet(int32(80877103)), startup, message('!'));
  expect(String.fromCharCode(replies[0]!)).toBe('N');
  expect(traceBackend(replies.subarray(1))).toMatchInlineSnapshot(`
    "B	8	AuthenticationOk
    B	5	ReadyForQuery	 I
    B	60	ErrorResponse	 S "FATAL" V "FATAL" C "08P01" M "invalid frontend message type 33" \\x00
    "
  `);
});

test('the README shows the server as it is', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('../../examples/hello-server.ts', import.meta.url), 'utf8');
  expect(readme).toContain(example);
});

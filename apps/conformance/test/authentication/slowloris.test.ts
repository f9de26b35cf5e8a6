import { setTimeout } from 'node:timers/promises';
import { BaseConnection, RiffqServer, selfSignedCertificate } from '@riffq/server';
import { RawClient, startupMessage } from '@riffq/testing';
import { afterAll, expect, test } from 'vitest';
import { Bystander } from '../../../../packages/server/test/bystander.js';
import { comparable } from '../../../../packages/server/test/oracle-frontend.js';
import { startOracle } from '../../src/oracle/start-oracle.js';

const { certificate, key } = selfSignedCertificate();
/** PostgreSQL's shortest. */
const timeout = 1000;

class Connection extends BaseConnection {
  override handleAuth(user: string) {
    return user === 'bystander';
  }
  override handleQuery() {
    return [{ n: 1 }];
  }
}

const server = new RiffqServer('127.0.0.1:0', Connection, { limits: { startupTimeout: timeout } });
server.setTls(certificate, key);
const address = await server.listen({ tls: true });
const tls = { certificate: String(certificate), key: String(key), ca: String(certificate) };
const oracle = await startOracle({
  settings: { authentication_timeout: `${timeout}ms` },
  hostRules: ['host all all 127.0.0.1/32 password'],
  tls,
});
afterAll(async () => {
  await Promise.all([server.close(), oracle.close()]);
});

const sslRequest = Buffer.from('0000000804d2162f', 'hex');
const startup = startupMessage('3.0', { user: 'mallory', database: 'postgres' });
const longStartup = startupMessage('3.0', { user: 'mallory', application_name: 'x'.repeat(1000) });
/** A message that is longer than the time it has. */
const password = Buffer.concat([Buffer.from('70000003e8', 'hex'), Buffer.alloc(1000, 'x')]);
/** The beginning of a ClientHello. */
const handshake = Buffer.concat([Buffer.from('16030101f4010001f00303', 'hex'), Buffer.alloc(500, 0x41)]);

/** What a server says to a client that sends some bytes at once and the others one by one, never silent for long. */
async function lastWords(port: number, begin: Uint8Array, trickle: Uint8Array): Promise<string> {
  const client = await RawClient.open({ port });
  client.send(begin);
  // Behind an SSLRequest nothing may come before its answer.
  if (begin.length > 0) await client.until(() => true);
  let isOver = false;
  const over = client.closed.then(() => {
    isOver = true;
  });
  for (const byte of trickle) {
    if (isOver) break;
    client.send(Uint8Array.of(byte));
    await Promise.race([setTimeout(20), over]);
  }
  await client.closed;
  const trace = comparable(client.trace());
  await client.close();
  return (trace.match(/^B.*\n/gm) ?? []).join('');
}

test.each([
  ['its start-up packet', Buffer.alloc(0), longStartup],
  ['its password', startup, password],
  ['its TLS handshake', sslRequest, handshake],
])('a client that sends %s byte by byte has as long as a silent one, as with PostgreSQL', async (_, begin, trickle) => {
  if (typeof address === 'string') throw new Error('expected a port');
  const bystander = await Bystander.watch(address.port, 'secret');
  const [ours, theirs] = await Promise.all([
    lastWords(address.port, begin, trickle),
    lastWords(oracle.address.port, begin, trickle),
  ]);
  // PostgreSQL tells that to its log alone.
  expect(ours.replace(/^B\tn\tErrorResponse.* C "57014" M "canceling authentication due to timeout".*\n/m, '')).toBe(
    theirs,
  );
  await bystander.expectUnharmed();
});

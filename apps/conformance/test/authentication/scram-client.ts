import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { RawClient } from '@riffq/testing';

/** What a client may do otherwise than it should. Messages of type `p` have this as their body. */
export interface Deviations {
  readonly mechanism?: string | Uint8Array;
  /** What SASLInitialResponse says of the length of its data. */
  readonly length?: number;
  readonly first?: string | Uint8Array | null;
  readonly password?: string;
  readonly channelBinding?: string;
  /** How often it hashes its password, whatever it was told; perhaps it was told so by somebody between. */
  readonly iterations?: number;
  /** Makes another final message of the right one. */
  readonly final?: (final: string) => string | Uint8Array;
}

const bare = 'n=,r=0123456789abcdefghijklmn';

/** Goes through SCRAM-SHA-256 as a client that may misbehave, until the server has said its last word about it. */
export async function playScram(client: RawClient, password: string, deviations: Deviations = {}): Promise<void> {
  const { mechanism = 'SCRAM-SHA-256', length, first = `n,,${bare}`, channelBinding = 'biws' } = deviations;
  await client.until('AuthenticationSASL');
  const data = Buffer.from(first ?? '');
  const size = Buffer.alloc(4);
  size.writeInt32BE(length ?? (first === null ? -1 : data.length));
  client.send(answer(Buffer.concat([Buffer.from(mechanism), Buffer.of(0), size, data])));
  if (first === null) {
    if (await isOver(client)) return;
    client.send(answer(Buffer.from(`n,,${bare}`)));
  }
  const serverFirst = await nextText(client);
  if (serverFirst === undefined) return;
  const told = deviations.iterations === undefined ? serverFirst : downgraded(serverFirst, deviations.iterations);
  const right = finalOf(deviations.password ?? password, told, channelBinding);
  client.send(answer(Buffer.from(deviations.final?.(right) ?? right)));
}

function downgraded(serverFirst: string, iterations: number): string {
  return serverFirst.replace(/i=\d+$/, `i=${iterations}`);
}

/** A message of type `p`. */
export function answer(body: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from('p'), size, body]);
}

async function isOver(client: RawClient): Promise<boolean> {
  return (await nextText(client)) === undefined;
}

/** What the server says in AuthenticationSASLContinue; undefined when it says something else. */
async function nextText(client: RawClient): Promise<string | undefined> {
  const { messages } = await client.until(({ name }) => ['AuthenticationSASLContinue', 'ErrorResponse'].includes(name));
  const last = messages.at(-1);
  return last?.name === 'ErrorResponse' ? undefined : Buffer.from(last?.body.subarray(4) ?? []).toString();
}

function finalOf(password: string, serverFirst: string, channelBinding: string): string {
  const [nonce = '', salt = '', iterations = ''] = serverFirst.split(',').map((part) => part.slice(2));
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
  const clientKey = hmac(salted, 'Client Key');
  const withoutProof = `c=${channelBinding},r=${nonce}`;
  const stored = createHash('sha256').update(clientKey).digest();
  const signature = hmac(stored, `${bare},${serverFirst},${withoutProof}`);
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
  return `${withoutProof},p=${proof.toString('base64')}`;
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

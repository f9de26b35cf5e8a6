import { createHash, X509Certificate } from 'node:crypto';
import { md5Verifier, scramVerifier, selfSignedCertificate } from '@riffq/server';
import { type AwaitedMessage, type ProtocolVersion, RawClient, startupMessage } from '@riffq/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { Bystander } from '../../../../packages/server/test/bystander.js';
import { comparable } from '../../../../packages/server/test/oracle-frontend.js';
import { startOracle } from '../../src/oracle/start-oracle.js';
import { password, startGuardedServer } from '../../src/servers/guarded-server.js';
import { answer, type Deviations, playScram } from './scram-client.js';

const certificate = selfSignedCertificate();
const own = selfSignedCertificate({ names: ['certified'] });
const tls = { ca: String(certificate.certificate), servername: 'localhost' };
const shown = { cert: String(own.certificate), key: String(own.key) };

const server = await startGuardedServer(certificate, own);
const oracle = await startOracle({
  hostRules: [
    'host all trusted,bystander 127.0.0.1/32 trust',
    'host all rejected 127.0.0.1/32 reject',
    'host all clear 127.0.0.1/32 password',
    'host all hashed 127.0.0.1/32 md5',
    'hostssl all certified 127.0.0.1/32 cert',
    'host all all 127.0.0.1/32 scram-sha-256',
  ],
  tls: { certificate: tls.ca, key: String(certificate.key), ca: shown.cert },
});
await makeRoles();
afterAll(async () => {
  await Promise.all([server.close(), oracle.close()]);
});

async function makeRoles(): Promise<void> {
  const { port, socketDirectory, user } = oracle.address;
  await using client = await RawClient.connect({ host: socketDirectory, port }, { user });
  const scram = await scramVerifier(password);
  const roles = {
    trusted: null,
    bystander: null,
    rejected: null,
    certified: null,
    clear: scram,
    scrammed: scram,
    hashed: md5Verifier('hashed', password),
  };
  const statements = Object.entries(roles).map(
    ([name, secret]) => `CREATE ROLE ${name} LOGIN PASSWORD ${secret === null ? 'NULL' : `'${secret}'`}`,
  );
  const text = ['SET md5_password_warnings = off', ...statements].join('; ');
  const { error } = await client.ask(frame('Q', Buffer.from(`${text}\0`)));
  if (error !== undefined) throw error;
}

/** A message of any type. */
function frame(type: string, body: Uint8Array): Buffer {
  const message = answer(body);
  message.write(type, 'latin1');
  return message;
}

/** Who comes, over what, and what it does after its StartupMessage. */
interface Script {
  readonly user: string;
  readonly over?: 'TLS' | 'direct TLS';
  readonly protocol?: ProtocolVersion;
  play(client: RawClient): Promise<void> | void;
}

/** What a server says about it, without what is random or ours alone. */
async function said(port: number, { user, over, protocol = '3.0', play }: Script): Promise<string> {
  const client = await RawClient.open({ port });
  try {
    const negotiation = over === 'direct TLS' ? 'direct' : 'postgres';
    if (over !== undefined) await client.startTls({ ...tls, ...(user === 'certified' && shown), negotiation });
    client.send(startupMessage(protocol, { user, database: 'postgres' }));
    await play(client);
    await client.until(({ name }) => name === 'ReadyForQuery').catch(() => undefined);
    const lines = client.trace().split(/^(?=[BF]\t)/m);
    const words = lines.filter((line) => /^B\t\d+\t(Authentication|ErrorResponse)/.test(line)).join('');
    return comparable(words)
      .replaceAll(/\b([rsv])=[^,']*/g, '$1=*')
      .replaceAll(/(?<=AuthenticationMD5Password\t ).*/g, '*')
      .replaceAll(/^(B)\t\d+/gm, '$1');
  } finally {
    await client.close();
  }
}

async function expectSame(script: Script): Promise<string> {
  const bystander = await Bystander.watch(portOf());
  const [ours, theirs] = await Promise.all([said(portOf(), script), said(oracle.address.port, script)]);
  await bystander.expectUnharmed();
  expect(ours).toBe(theirs);
  return ours;
}

const clear = 'AuthenticationCleartextPassword';
const text = (value: string) => answer(Buffer.from(`${value}\0`));
const asked =
  (name: AwaitedMessage, ...frames: readonly Uint8Array[]) =>
  async (client: RawClient): Promise<void> => {
    await client.until(name);
    client.send(...frames);
  };

const hash = createHash('sha256').update(new X509Certificate(tls.ca).raw).digest();
const bound = Buffer.concat([Buffer.from('p=tls-server-end-point,,'), hash]).toString('base64');
const plus = { mechanism: 'SCRAM-SHA-256-PLUS', first: 'p=tls-server-end-point,,n=,r=0123456789abcdefghijklmn' };
const bare = 'n=,r=0123456789abcdefghijklmn';

describe('a client of SCRAM is answered as by PostgreSQL when it', () => {
  const deviations: Readonly<Record<string, Deviations>> = {
    'does all right': {},
    'has the server begin': { first: null },
    'has the wrong password': { password: 'wrong' },
    'sends the proof of another nonce': {
      final: (final) => final.replace(/r=[^,]*/, 'r=0123456789abcdefghijklmnreplayed'),
    },
    'sends a nonce without the server’s half': {
      final: (final) => final.replace(/r=[^,]*/, 'r=0123456789abcdefghijklmn'),
    },
    'has been told of one iteration by somebody between': { iterations: 1 },
    'chooses another mechanism': { mechanism: 'PLAIN' },
    'chooses an older mechanism': { mechanism: 'SCRAM-SHA-1' },
    'chooses channel binding without TLS': { mechanism: 'SCRAM-SHA-256-PLUS' },
    'chooses no mechanism': { mechanism: '' },
    'sends nothing': { first: '' },
    'sends rubbish': { first: 'rubbish' },
    'sends bad UTF-8': { first: Buffer.of(0xff, 0x2c, 0x2c) },
    'sends bad UTF-8 in its user name': {
      first: Buffer.concat([Buffer.from('n,,n='), Buffer.of(0xff), Buffer.from(',r=abc')]),
    },
    'sends a nonce in bad UTF-8': { first: Buffer.concat([Buffer.from('n,,n=,r='), Buffer.of(0xc3)]) },
    'sends a NUL': { first: `n,,n=,r=abc\0def` },
    'sends an empty nonce': { first: 'n,,n=,r=' },
    'sends a nonce with a space': { first: 'n,,n=,r=a b' },
    'sends no nonce': { first: 'n,,n=' },
    'sends its attributes in another order': { first: 'n,,r=abc,n=' },
    'sends an attribute without a value': { first: 'n,,n' },
    'sends an extension': { first: `n,,${bare},x=y` },
    'sends an extension without a name': { first: `n,,${bare},=y` },
    'sends a mandatory extension': { first: `n,,m=x,${bare}` },
    'sends an authorization identity': { first: `n,a=admin,${bare}` },
    'sends an unknown flag': { first: `x,,${bare}` },
    'sends a flag and no comma': { first: `nn,${bare}` },
    'sends a flag alone': { first: 'n' },
    'sends something before the second comma': { first: `n,x,${bare}` },
    'sends channel binding without TLS': { first: plus.first },
    'thinks that the server has no channel binding': { first: `y,,${bare}`, channelBinding: 'eSws' },
    'changes its mind about channel binding': { channelBinding: 'eSws' },
    'announces more data than there is': { length: 1000 },
    'announces less data than there is': { length: 3 },
    'announces a negative length': { length: -2 },
    'sends too much': { first: `n,,n=,r=${'a'.repeat(2000)}` },
    'sends too much at the end': { final: (final) => `${final},${'a'.repeat(2000)}` },
    'sends no proof': { final: (final) => final.replace(/,p=.*/, '') },
    'sends an empty proof': { final: (final) => final.replace(/p=.*/, 'p=') },
    'sends a short proof': { final: (final) => final.replace(/p=.*/, 'p=AAAA') },
    'sends a proof that is no base64': { final: (final) => final.replace(/p=.*/, `p=${'*'.repeat(44)}`) },
    'sends something behind the proof': { final: (final) => `${final},x=y` },
    'sends an extension before the proof': { final: (final) => final.replace(',p=', ',x=y,p=') },
    'sends a NUL at the end': { final: (final) => `${final}\0` },
    'sends nothing at the end': { final: () => '' },
    'sends its first message again': { final: () => `n,,${bare}` },
  };
  test.each(Object.entries(deviations))('%s', async (_, deviation) => {
    await expectSame({ user: 'scrammed', play: (client) => playScram(client, password, deviation) });
  });

  test('is not known', async () => {
    const words = await expectSame({ user: 'mallory', play: (client) => playScram(client, password) });
    expect(words).toContain('password authentication failed for user "mallory"');
  });

  const overTls: Readonly<Record<string, Deviations>> = {
    'does all right': {},
    'binds the channel': { ...plus, channelBinding: bound },
    'binds another channel': {
      ...plus,
      channelBinding: Buffer.from('p=tls-server-end-point,,other').toString('base64'),
    },
    'binds no channel': { ...plus, channelBinding: 'biws' },
    'binds another type of channel': { ...plus, first: `p=tls-unique,,${bare}` },
    'binds a type of channel that is no text': { ...plus, first: `p=\u0001ä${'x'.repeat(50)},,${bare}` },
    'chooses channel binding and sends none': { mechanism: plus.mechanism },
    'does not choose channel binding and sends it': { first: plus.first, channelBinding: bound },
    'has been told of no channel binding by somebody between': { first: `y,,${bare}`, channelBinding: 'eSws' },
    'has been told so and chooses it': { ...plus, first: `y,,${bare}`, channelBinding: 'eSws' },
  };
  test.each(Object.entries(overTls))('%s, over TLS', async (_, deviation) => {
    const play = (client: RawClient) => playScram(client, password, deviation);
    await expectSame({ user: 'scrammed', over: 'TLS', play });
    await expectSame({ user: 'scrammed', over: 'direct TLS', protocol: '3.2', play });
  });
});

describe('a client is answered as by PostgreSQL when it', () => {
  const md5 = 'AuthenticationMD5Password';
  const tooLong = Buffer.from([0x70, 0x7f, 0xff, 0xff, 0xff]);
  const scripts: Readonly<Record<string, Script>> = {
    'gives the right password': { user: 'clear', play: asked(clear, text(password)) },
    'gives a wrong password': { user: 'clear', play: asked(clear, text('wrong')) },
    'gives a password with a NUL': { user: 'clear', play: asked(clear, answer(Buffer.from('a\0b\0'))) },
    'gives a password without a NUL': { user: 'clear', play: asked(clear, answer(Buffer.from('abc'))) },
    'announces an endless password': { user: 'clear', play: asked(clear, tooLong) },
    'announces an endless proof': { user: 'scrammed', play: asked('AuthenticationSASL', tooLong) },
    'asks before it has given a password': { user: 'clear', play: asked(clear, frame('Q', Buffer.from('select 1\0'))) },
    'leaves instead of a password': { user: 'clear', play: asked(clear, frame('X', Buffer.alloc(0))) },
    'gives the wrong hash': { user: 'hashed', play: asked(md5, text(`md5${'0'.repeat(32)}`)) },
    'gives the stored hash': { user: 'hashed', play: asked(md5, text(md5Verifier('hashed', password))) },
    'gives its password instead of a hash': { user: 'hashed', play: asked(md5, text(password)) },
    'gives nothing for a hash': { user: 'hashed', play: asked(md5, text('')) },
    'asks before it has shown that it knows the password': {
      user: 'scrammed',
      play: asked('AuthenticationSASL', frame('Q', Buffer.from('select 1\0'))),
    },
    'is trusted': { user: 'trusted', play: () => undefined },
    'is rejected': { user: 'rejected', play: () => undefined },
    'is rejected over TLS': { user: 'rejected', over: 'TLS', play: () => undefined },
    'shows its certificate': { user: 'certified', over: 'TLS', play: () => undefined },
    'shows its certificate by direct TLS': { user: 'certified', over: 'direct TLS', play: () => undefined },
  };
  test.each(Object.entries(scripts))('%s', async (_, script) => {
    await expectSame(script);
  });
});

describe('a client is refused, and nobody else notices, when it', () => {
  const badText = '"FATAL" C "22021" M "invalid byte sequence for encoding "UTF8": 0xff"';
  const scripts: readonly (readonly [string, string, Script])[] = [
    // PostgreSQL reads both as bytes and says that they are wrong; here they are text.
    ['gives a password in bad UTF-8', badText, { user: 'clear', play: asked(clear, answer(Buffer.of(0xff, 0xfe, 0))) }],
    [
      'names a mechanism in bad UTF-8',
      badText,
      { user: 'scrammed', play: (client) => playScram(client, password, { mechanism: Buffer.of(0xff, 0xfe) }) },
    ],
    ['sends half a message and leaves', '', { user: 'scrammed', play: leavingAfter(Buffer.from([0x70, 0, 0])) }],
    ['leaves in the middle of SCRAM', '', { user: 'scrammed', play: leavingAfter(Buffer.alloc(0)) }],
  ];
  function leavingAfter(bytes: Uint8Array) {
    return async (client: RawClient): Promise<void> => {
      await client.until('AuthenticationSASL');
      client.send(bytes);
      client.reset();
    };
  }

  test.each(scripts)('%s', async (_, words, script) => {
    const bystander = await Bystander.watch(portOf());
    const told = await said(portOf(), script);
    expect(told).not.toContain('AuthenticationOk');
    expect(told.match(/ErrorResponse/g)?.length ?? 0).toBe(words === '' ? 0 : 1);
    expect(told).toContain(words);
    await bystander.expectUnharmed();
  });

  test('sends a start-up packet that is too long, or cut short', async () => {
    const bystander = await Bystander.watch(portOf());
    const name = Buffer.from(`user\0scrammed\0x\0${'y'.repeat(20_000)}\0\0`);
    const packets = [
      startup(name.length + 8, name),
      startup(4, name),
      startup(name.length, name),
      startup(2 ** 31 - 1, name),
    ];
    for (const packet of packets) {
      for (const port of [portOf(), oracle.address.port]) {
        const client = await RawClient.open({ port });
        client.send(packet);
        client.halfClose();
        expect((await client.untilEnd()).names).toEqual([]);
      }
    }
    await bystander.expectUnharmed();
  });
});

/** A StartupMessage that announces any length. */
function startup(length: number, parameters: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(length);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, parameters]);
}

function portOf(): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}

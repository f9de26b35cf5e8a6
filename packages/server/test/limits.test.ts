import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { BaseConnection, encodedRows, type Limits, RiffqServer, tag } from '../src/index.js';
import { resolveLimits } from '../src/limits.js';
import { oneRow } from './answers.js';
import { Bystander } from './bystander.js';
import { answering, Conversation, serialize } from './conversation.js';
import { bind, closeStatement, execute, extended, parse, query, sync } from './frames.js';
import { Listening } from './listening.js';
import { startupMessage } from './startup-packets.js';

const tooLong =
  /V "FATAL" C "08P01" M "invalid message length" D "(\w+) has a body of (\d+) bytes; at most (\d+) are allowed\."/;

describe('messageBytes', () => {
  const limits = { messageBytes: 1000 };
  const seen: string[] = [];
  const connectionClass = answering((sql) => {
    seen.push(sql);
    return tag('OK');
  });
  // A Query's body is its text and a NUL.
  const longest = 'x'.repeat(999);

  test('is the longest body of a message that is taken', async () => {
    await using client = new Conversation(connectionClass, { limits });
    await client.start();
    expect(await client.ask(serialize.query(longest))).toContain('"OK"');
    expect(seen).toEqual([longest]);
  });

  test.each([
    ['Query', serialize.query(`${longest}x`)],
    ['Parse', serialize.parse({ text: longest })],
    ['Bind', serialize.bind({ values: [longest] })],
    ['FunctionCall', Buffer.concat([Buffer.from([0x46, 0, 0, 0x10, 0]), Buffer.alloc(0xffc)])],
  ])('ends the session of who sends a longer %s', async (name, frame) => {
    await using client = new Conversation(connectionClass, { limits });
    await client.start();
    client.send(frame);
    const [, type, length, limit] = tooLong.exec(await client.untilEnd()) ?? [];
    expect([type, Number(length) > 1000, limit]).toEqual([name, true, '1000']);
  });

  test('is looked at before anything of the message is waited for', async () => {
    await using server = await Listening.open(connectionClass, { limits });
    const bystander = await Bystander.watch(server.port);
    const client = await server.connect();
    await client.start();
    client.send(Buffer.from([0x51, 0x40, 0, 0, 0]));
    expect(await client.untilEnd()).toMatch(tooLong);
    await bystander.expectUnharmed();
  });

  test('is 256 MiB unless told otherwise', async () => {
    await using client = new Conversation(connectionClass);
    await client.start();
    client.send(Buffer.from([0x51, 0x10, 0, 0, 5]));
    expect(await client.untilEnd()).toContain(`at most ${256 * 1024 * 1024} are allowed`);
  });
});

describe('authenticationMessageBytes', () => {
  class Connection extends BaseConnection {
    override handleAuth(_user: string, password: string) {
      return password.length > 10;
    }
    override handleQuery() {
      return oneRow();
    }
  }
  const alice = startupMessage(0, { user: 'alice' });

  test('is the longest body of a password message that is taken', async () => {
    const limits = { authenticationMessageBytes: 100 };
    await using client = new Conversation(Connection, { limits });
    client.send(alice, serialize.password('x'.repeat(99)));
    expect(await client.until('ReadyForQuery')).toContain('AuthenticationOk');
    // Afterwards it is another limit that counts.
    expect(await client.ask(serialize.query('x'.repeat(1000)))).toContain('DataRow');
    await using other = new Conversation(Connection, { limits });
    other.send(alice, serialize.password('x'.repeat(100)));
    expect(tooLong.exec(await other.untilEnd())?.slice(1)).toEqual(['PasswordMessage', '101', '100']);
  });

  test('holds for any message of a client that is not in yet', async () => {
    await using client = new Conversation(Connection);
    client.send(alice, serialize.query('x'.repeat(100_000)));
    expect(tooLong.exec(await client.untilEnd())?.slice(1)).toEqual(['Query', '100001', '65536']);
  });
});

describe('messageBytes by type', () => {
  test('limits the types that it names and leaves the others', async () => {
    await using client = new Conversation(
      answering(() => tag('OK')),
      { limits: { messageBytes: { Query: 100 } } },
    );
    await client.start();
    expect(await client.ask(extended('x'.repeat(1000)), sync())).toContain('"OK"');
    client.send(serialize.query('x'.repeat(1000)));
    expect(tooLong.exec(await client.untilEnd())?.slice(1)).toEqual(['Query', '1001', '100']);
  });
});

describe('statements and portals', () => {
  const limits = { statements: 2, portals: 2 };
  const rows = answering(() => oneRow());
  const parsed = (statement: string): Uint8Array => parse('select 1', statement);
  const bound = (portal: string): Uint8Array => bind({ statement: 'a', portal });

  test('are limited for each session: 53400, and closing makes room', async () => {
    await using client = new Conversation(rows, { limits, sessionStatements: 'server' });
    await client.start();
    expect(await client.ask(parsed('a'), parsed('b'), sync())).not.toContain('ErrorResponse');
    const refused = 'C "53400" M "too many prepared statements"';
    expect(await client.ask(parsed('c'), sync())).toContain(refused);
    expect(await client.ask(query('prepare c as select 1'))).toContain(refused);
    // Every driver needs the unnamed one.
    expect(await client.ask(parsed(''), sync())).toContain('ParseComplete');
    expect(await client.ask(closeStatement('b'), parsed('c'), sync())).toContain('ParseComplete');

    await client.ask(query('begin'));
    expect(await client.ask(bound('x'), bound('y'), sync())).not.toContain('ErrorResponse');
    expect(await client.ask(bound(''), sync())).toContain('BindComplete');
    expect(await client.ask(query('declare z cursor for select 1'))).toContain('C "53400" M "too many open cursors"');
  });
});

describe('statementBytes', () => {
  const limits = { statementBytes: 1000 };
  const rows = answering(() => oneRow());
  const long = (bytes: number): string =>
    `select '${'é'.repeat((bytes - 10) / 2)}'`.padEnd(bytes - Math.ceil((bytes - 10) / 2));
  const refused =
    'C "54000" M "the prepared statements are too long" D "The texts of those of one session may have 1000 bytes';

  test('are the texts of all but the unnamed statement together, and closing makes room', async () => {
    await using client = new Conversation(rows, { limits, sessionStatements: 'server' });
    await client.start();
    expect(await client.ask(parse(long(500), 'a'), parse(long(500), 'b'), sync())).not.toContain('ErrorResponse');
    expect(await client.ask(parse('select 1', 'c'), sync())).toContain(refused);
    expect(await client.ask(query('prepare c as select 1'))).toContain(refused);
    expect(await client.ask(parse(long(5000), ''), sync())).toContain('ParseComplete');
    expect(await client.ask(parse('select 1', ''), closeStatement('b'), sync())).toContain('CloseComplete');
    expect(await client.ask(query('prepare c as select 1'))).toContain('PREPARE');
    expect(await client.ask(parse(long(500), 'd'), sync())).toContain(refused);
    expect(await client.ask(query('discard all'))).toContain('DISCARD ALL');
    expect(await client.ask(parse(long(1000), 'e'), sync())).toContain('ParseComplete');
  });

  test('of 0 are no limit', async () => {
    await using client = new Conversation(rows, { limits: { statementBytes: 0 } });
    await client.start();
    for (const name of ['a', 'b']) {
      expect(await client.ask(parse(`select '${'x'.repeat(20_000_000)}'`, name), sync())).toContain('ParseComplete');
    }
  });
});

describe('settingBytes', () => {
  const limits = { settingBytes: 10_000 };
  const rows = answering(() => oneRow());
  const refused = 'C "54000" M "the settings are too long" D "Those of one session may have 10000 bytes together."';

  test('are what a session has set: a shorter value, RESET and the end of the transaction make room', async () => {
    await using client = new Conversation(rows, { limits, sessionStatements: 'server' });
    await client.start();
    const set = (name: string, length: number, local = ''): Promise<string> =>
      client.ask(query(`set ${local} my.${name} = '${'x'.repeat(length)}'`));
    expect(await set('a', 9000)).toContain('"SET"');
    expect(await set('b', 1000)).toContain(refused);
    expect(await client.ask(query('show my.a'))).toContain('x'.repeat(9000));
    expect(await set('a', 9500)).toContain('"SET"');
    expect(await set('a', 10)).toContain('"SET"');
    expect(await set('b', 9000)).toContain('"SET"');
    expect(await client.ask(query('reset my.b'))).toContain('RESET');
    await client.ask(query('begin'));
    expect(await set('a', 9000)).toContain('"SET"');
    // What SET LOCAL hides is kept, too.
    expect(await set('a', 1000, 'local')).toContain(refused);
    await client.ask(query('rollback'));
    expect(await client.ask(query('show my.a'))).toContain(`10 '${'x'.repeat(10)}'`);
  });

  test('are what savepoints would go back to, as well', async () => {
    await using client = new Conversation(rows, { limits, sessionStatements: 'server' });
    await client.start();
    await client.ask(query('begin'));
    const saved = (name: string, letter: string): Promise<string> =>
      client.ask(query(`set my.a = '${letter.repeat(4000)}'; savepoint ${name}`));
    expect(await saved('one', 'x')).toContain('SAVEPOINT');
    expect(await saved('two', 'y')).toContain('SAVEPOINT');
    expect(await client.ask(query('release two'))).toContain('RELEASE');
    expect(await saved('two', 'z')).toContain('SAVEPOINT');
    expect(await saved('three', 'w')).toContain(refused);
  });

  test('are of names, too', async () => {
    await using client = new Conversation(rows, { limits, sessionStatements: 'server' });
    await client.start();
    let answer = '';
    for (let count = 0; count < 100; count++)
      answer += await client.ask(query(`set my.${'n'.repeat(50)}${count} = ''`));
    expect(answer).toContain(refused);
  });
});

describe('resultRows and resultBytes', () => {
  const many = answering(() =>
    encodedRows({ fields: [{ name: 'n', typeOid: 25 }], rows: Array.from({ length: 100 }, () => ['x'.repeat(100)]) }),
  );

  test.each<[string, Limits, string]>([
    ['rows', { resultRows: 50 }, 'the result has more than 50 rows'],
    ['bytes', { resultBytes: 1000 }, 'the result has more than 1000 bytes'],
  ])('end a result of more %s with 54000, however it is asked for', async (_, limits, message) => {
    await using client = new Conversation(many, { limits });
    await client.start();
    const tooLarge = `C "54000" M "${message}"`;
    expect(await client.ask(query('select'))).toContain(tooLarge);
    expect(await client.ask(extended('select'), sync())).toContain(tooLarge);
    expect(await client.ask(query('copy (select) to stdout'))).toContain(tooLarge);
    const portions = [parse('select'), bind(), ...Array.from({ length: 10 }, () => execute('', 10))];
    expect(await client.ask(...portions, sync())).toContain(tooLarge);
  });

  test('let through what is no more', async () => {
    await using client = new Conversation(many, { limits: { resultRows: 100, resultBytes: 20_000 } });
    await client.start();
    expect(await client.ask(query('select'))).toContain('"SELECT 100"');
    expect(await client.ask(query('copy (select) to stdout'))).toContain('"COPY 100"');
  });
});

describe.skipIf(process.platform !== 'linux')('keepAlive', () => {
  /** The timer of the server's socket: `02` is that of keepalive. */
  const timerOf = (from: number, to: number): string | undefined => {
    const ports = [from, to].map((port) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
    const [line] = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .filter((row) => row.includes(ports));
    return line?.trim().split(/\s+/)[5]?.slice(0, 2);
  };

  test.each([
    ['by default', {}, '02'],
    ['not with 0', { keepAlive: 0 }, '00'],
  ])('asks silent clients whether they are there, %s', async (_, limits, timer) => {
    await using server = await Listening.open(
      answering(() => tag('OK')),
      { limits },
    );
    const client = await server.connect();
    await client.start();
    if (!(client.stream instanceof Socket)) throw new Error('expected a socket');
    expect(timerOf(server.port, client.stream.localPort ?? 0)).toBe(timer);
  });
});

test.each([2 ** 31, Number.POSITIVE_INFINITY])('a startupTimeout of %d is no short one', async (startupTimeout) => {
  const connectionClass = answering(() => tag('OK'));
  await using server = await Listening.open(connectionClass, { limits: { startupTimeout } });
  const client = await server.connect();
  // A timer that Node cannot be set to would have fired before this one.
  await setTimeout(10);
  expect(await client.start()).toContain('ReadyForQuery');
  client.stream.destroy();
});

test.each<[Limits, string]>([
  [{ connections: -1 }, 'limits.connections is -1'],
  [{ idleTimeout: Number.NaN }, 'limits.idleTimeout is NaN'],
  [{ startupTimeout: 0 }, 'limits.startupTimeout is 0'],
  [JSON.parse('{ "statementTimeout": "7" }'), 'limits.statementTimeout is 7'],
  [{ messageBytes: { Query: 0 } }, 'limits.Query is 0'],
])('%j is a mistake that the host is told of', (limits, message) => {
  const making = (): unknown =>
    new RiffqServer(
      '127.0.0.1:0',
      answering(() => tag('OK')),
      { limits },
    );
  expect(making).toThrow(
    expect.objectContaining({ code: 'RIFFQ_ERR_LIMIT', message: expect.stringContaining(message) }),
  );
});

test.skipIf(process.platform === 'win32')(
  'all clients, with those on their way in, are fewer than the descriptors',
  () => {
    const descriptors = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }));
    const { connections } = resolveLimits({});
    expect(connections).toBeGreaterThan(0);
    if (Number.isFinite(descriptors)) expect(2 * connections).toBeLessThan(descriptors);
    expect(resolveLimits({ connections: 7 }).connections).toBe(7);
  },
);

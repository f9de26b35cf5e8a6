import { describe, expect, test } from 'vitest';
import { BaseConnection, tag } from '../src/index.js';
import { oneRow } from './answers.js';
import { Bystander } from './bystander.js';
import { answering, Conversation, serialize } from './conversation.js';
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

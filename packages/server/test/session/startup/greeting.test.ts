import { describe, expect, test } from 'vitest';
import { BaseConnection, tag } from '../../../src/index.js';
import { answering, Conversation, serialize } from '../../conversation.js';
import { Listening } from '../../listening.js';
import { connectToOracle } from '../../oracle-frontend.js';
import { startupMessage } from '../../startup-packets.js';

const anything = answering(() => tag('OK'));

/** Names and values of the ParameterStatus messages, in their order. */
function reported(trace: string): readonly (readonly [name: string, value: string])[] {
  const messages = trace.matchAll(/^B\t\d+\tParameterStatus\t "([^"]*)" "(.*)"$/gm);
  return [...messages].map(([, name = '', value = '']) => [name, value]);
}

describe('a client that has come in is told', () => {
  test('the settings that PostgreSQL tells, in alphabetical order', async () => {
    const oracle = await connectToOracle();
    await using client = new Conversation(anything);
    const message = startupMessage(0, { user: 'postgres' });
    oracle.send(message);
    client.send(message);
    const ours = reported(await client.until('ReadyForQuery'));
    const byName = (a: readonly string[], b: readonly string[]) =>
      (a[0] ?? '').toLowerCase() < (b[0] ?? '').toLowerCase() ? -1 : 1;
    const expected = reported(await oracle.until('ReadyForQuery')).toSorted(byName);
    oracle.stream.destroy();
    // Nobody is a superuser here.
    expect(ours).toEqual(expected.map(([name, value]) => [name, name === 'is_superuser' ? 'off' : value]));
  });

  test('its own settings, as PostgreSQL would write them', async () => {
    await using client = new Conversation(anything);
    const trace = await client.start({ application_name: 'test', datestyle: 'dmy', client_encoding: 'unicode' });
    expect(Object.fromEntries(reported(trace))).toMatchObject({
      application_name: 'test',
      DateStyle: 'ISO, DMY',
      client_encoding: 'UTF8',
      session_authorization: 'alice',
    });
  });

  test('the version that the server was started with', async () => {
    await using server = await Listening.open(anything, { serverVersion: '15.20' });
    const client = await server.connect();
    expect(new Map(reported(await client.start())).get('server_version')).toBe('15.20');
    client.stream.destroy();
  });

  test.each([
    [0, 4],
    [1, 4],
    [2, 32],
    [9999, 32],
  ])('a cancel key for protocol 3.%d of %d bytes', async (minor, bytes) => {
    await using client = new Conversation(anything);
    client.send(startupMessage(minor, { user: 'alice' }));
    await client.until('ReadyForQuery');
    expect(client.cancelKey.length - 4).toBe(bytes);
  });
});

describe('what handlers tell while the client comes in', () => {
  class Talkative extends BaseConnection {
    override handleConnect() {
      this.session.notice({ message: 'welcome' });
      this.session.reportParameter('application_name', 'renamed');
      this.session.reportParameter('my.own', 'value');
      return true;
    }
    override handleQuery() {
      return tag('OK');
    }
  }

  test('comes behind AuthenticationOk, where a client can take it, and each once', async () => {
    await using client = new Conversation(Talkative);
    const trace = await client.start();
    expect(trace).toMatch(/^B\t8\tAuthenticationOk\n/);
    expect(trace.match(/"application_name" "renamed"/g)).toHaveLength(1);
    expect(trace).toMatch(/NoticeResponse.*M "welcome".*\n(?:.*\n)*B\t5\tReadyForQuery/);
    expect(new Map(reported(trace)).get('my.own')).toBe('value');
  });
});

describe('settings that a connection begins with', () => {
  class InMain extends BaseConnection {
    override readonly initialSettings = { search_path: 'main', TimeZone: 'Europe/Berlin' };
    override handleQuery() {
      return tag('OK');
    }
  }

  test('are told to a client that asks for no others, and are what RESET goes back to', async () => {
    await using client = new Conversation(InMain, { sessionStatements: 'server' });
    const begun = Object.fromEntries(reported(await client.start({ timezone: 'UTC' })));
    expect(begun).toMatchObject({ search_path: 'main', TimeZone: 'UTC' });
    await client.ask(serialize.query('SET search_path TO archive'));
    expect(reported(await client.ask(serialize.query('RESET search_path')))).toEqual([['search_path', 'main']]);
    await client.ask(serialize.query('SET search_path TO archive'));
    expect(reported(await client.ask(serialize.query('DISCARD ALL')))).toEqual([['search_path', 'main']]);
  });
});

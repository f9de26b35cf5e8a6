import { describe, expect, test } from 'vitest';
import { BaseConnection, PgError, RiffqServer, tag } from '../../../src/index.js';
import { answering, Conversation, serialize } from '../../conversation.js';
import { type AuthContext, type Decision, deciding, untyped } from '../../deciding.js';
import { Frontend } from '../../frontend.js';
import { Listening } from '../../listening.js';
import { startupMessage } from '../../startup-packets.js';

const alice = startupMessage(0, { user: 'alice', database: 'shop' });
const authFailed = 'S "FATAL" V "FATAL" C "28P01" M "password authentication failed for user "alice""';

describe('a class that overrides handleAuth', () => {
  test('is asked first, with the password, then handleConnect, then the client is ready', async () => {
    const events: string[] = [];
    await using client = new Conversation(deciding(events, () => true));
    client.send(alice);
    expect(await client.until('AuthenticationCleartextPassword')).toBe('B\t8\tAuthenticationCleartextPassword\n');
    expect(events).toEqual([]);
    client.send(serialize.password('secret'));
    expect(await client.until('ReadyForQuery')).toMatch(/^B\t8\tAuthenticationOk\n/);
    await client.ask(serialize.query('select 1'));
    expect(events).toEqual(['auth alice secret 127.0.0.1 shop', 'connect 127.0.0.1 4711', 'query select 1']);
  });

  test.each<[string, (context: AuthContext) => Decision]>([
    ['true', () => true],
    ['a promise of true', async () => true],
    ['the callback, at once', ({ callback }) => callback(true)],
    ['the callback, later', ({ callback }) => void setImmediate(() => callback(true))],
    [
      'the callback inside an async method',
      async ({ callback }) => {
        await new Promise(setImmediate);
        callback(true);
      },
    ],
    [
      'the callback, then something else',
      ({ callback }) => {
        callback(true);
        callback(false, { message: 'too late' });
        return false;
      },
    ],
  ])('lets the client in by answering with %s', async (_, auth) => {
    await using client = new Conversation(deciding([], auth));
    client.send(alice, serialize.password('secret'));
    expect(await client.until('ReadyForQuery')).toContain('AuthenticationOk');
  });

  test.each<[string, (context: AuthContext) => Decision, string]>([
    ['false', () => false, authFailed],
    ['a promise of false', async () => false, authFailed],
    ['1', () => untyped(1), authFailed],
    ['a text', () => untyped('yes'), authFailed],
    ['null', () => untyped(null), authFailed],
    ['an object', async () => untyped({ allowed: true }), authFailed],
    ['a promise of nothing', async () => {}, authFailed],
    ['the callback with false', ({ callback }) => callback(false), authFailed],
    ['the callback with 1', ({ callback }) => Reflect.apply(callback, undefined, [1]), authFailed],
    ['the callback with a text', ({ callback }) => Reflect.apply(callback, undefined, ['yes']), authFailed],
    ['the callback with no details', ({ callback }) => callback(false, {}), authFailed],
    ['a message', ({ callback }) => callback(false, { message: 'locked' }), 'S "FATAL" V "FATAL" C "XX000" M "locked"'],
    [
      'a SQLSTATE',
      ({ callback }) => callback(false, { sqlstate: '28000' }),
      'S "FATAL" V "FATAL" C "28000" M "rejected"',
    ],
    [
      'a severity',
      ({ callback }) => callback(false, { severity: 'ERROR' }),
      'S "ERROR" V "ERROR" C "XX000" M "rejected"',
    ],
    [
      'a PgError, thrown',
      () => {
        throw new PgError({ sqlstate: '53300', message: 'sorry, too many clients already' });
      },
      'S "FATAL" V "FATAL" C "53300" M "sorry, too many clients already"',
    ],
    [
      'an error, thrown: its words are for the log',
      () => {
        throw new Error('no connection to ldap://10.0.0.1');
      },
      authFailed,
    ],
    ['a rejection', () => Promise.reject(new Error('no connection to ldap://10.0.0.1')), authFailed],
  ])('refuses by answering with %s', async (_, auth, refusal) => {
    const events: string[] = [];
    await using client = new Conversation(deciding(events, auth));
    client.send(alice, serialize.password('secret'), serialize.query('select 1'));
    const trace = await client.untilEnd();
    expect(trace).toContain(refusal);
    expect(trace.match(/ErrorResponse/g)).toHaveLength(1);
    expect(trace).not.toContain('AuthenticationOk');
    await client.served;
    expect(events).toEqual(['auth alice secret 127.0.0.1 shop', 'disconnect 127.0.0.1 4711']);
  });

  test('has what it throws logged', async () => {
    const failure = new Error('no connection to the directory');
    await using client = new Conversation(deciding([], () => Promise.reject(failure)));
    client.send(alice, serialize.password('secret'));
    await client.untilEnd();
    expect(client.logger.lines).toMatchObject([{ level: 'error', fields: { err: failure, connectionId: 0 } }]);
  });

  test('that never answers is told by its signal that the client has left', async () => {
    let asked = (_signal: AbortSignal): void => {};
    const signals = new Promise<AbortSignal>((resolve) => {
      asked = resolve;
    });
    const events: string[] = [];
    await using client = new Conversation(deciding(events, ({ signal }) => asked(signal)));
    client.send(alice, serialize.password('secret'));
    const signal = await signals;
    expect(signal.aborted).toBe(false);
    client.stream.destroy();
    await client.served;
    expect(signal.aborted).toBe(true);
    expect(events.at(-1)).toBe('disconnect 127.0.0.1 4711');
  });

  test('may be the server’s method, too', async () => {
    class Server extends RiffqServer {
      override handleAuth(_connectionId: number, user: string, password: string) {
        return user === 'alice' && password === 'secret';
      }
    }
    await using server = new Server(
      '127.0.0.1:0',
      answering(() => tag('OK')),
    );
    const refused = await letIn(server, 'wrong');
    expect(refused).toContain(authFailed);
    expect(await letIn(server, 'secret')).toContain('ReadyForQuery');
  });

  test('may have it as a field', async () => {
    class Connection extends BaseConnection {
      override handleQuery() {
        return tag('OK');
      }
    }
    // What TypeScript forbids is an everyday habit in JavaScript.
    const WithField = class extends Connection {
      constructor(...parameters: ConstructorParameters<typeof Connection>) {
        super(...parameters);
        Object.defineProperty(this, 'handleAuth', { value: () => false });
      }
    };
    await using client = new Conversation(WithField);
    client.send(alice, serialize.password('secret'));
    expect(await client.untilEnd()).toContain(authFailed);
  });
});

/** Serves one client of user `alice` with a password, and gives what it is told. */
async function letIn(server: RiffqServer, password: string): Promise<string> {
  const address = server.address() ?? (await server.listen());
  if (typeof address === 'string') throw new Error('expected a port');
  const client = await Frontend.connect(address.port);
  client.send(alice, serialize.password(password), serialize.end());
  return client.untilEnd();
}

describe('a client that is asked for a password', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['sends a Query', serialize.query('select 1'), /C "08P01" M "expected password response, got message type 81"/],
    ['sends rubbish', Buffer.from('rubbish'), /V "FATAL" C "08P01"/],
    [
      'sends a message without end',
      Buffer.from([0x70, 0x7f, 0xff, 0xff, 0xff]),
      /AuthenticationCleartextPassword.*\n$/,
    ],
    ['sends a password without its NUL', Buffer.from([0x70, 0, 0, 0, 5, 0x61]), /V "FATAL" C "08P01"/],
  ])('and %s is refused', async (_, bytes, refusal) => {
    const events: string[] = [];
    await using server = await Listening.open(deciding(events, () => true));
    const client = await server.connect();
    client.send(alice, bytes);
    expect(await client.untilEnd()).toMatch(refusal);
    await server.server.close();
    expect(events).toEqual([expect.stringContaining('disconnect')]);
  });

  test('and leaves instead is forgotten', async () => {
    const events: string[] = [];
    await using client = new Conversation(deciding(events, () => true));
    client.send(alice);
    await client.until('AuthenticationCleartextPassword');
    client.stream.end();
    await client.served;
    expect(events).toEqual(['disconnect 127.0.0.1 4711']);
    expect(client.logger.lines).toEqual([]);
  });

  test('and sends it in pieces is let in', async () => {
    await using client = new Conversation(deciding([], (_, password) => password === 'sécrèt'));
    for (const byte of Buffer.concat([alice, serialize.password('sécrèt')])) client.send(Uint8Array.of(byte));
    expect(await client.until('ReadyForQuery')).toContain('AuthenticationOk');
  });

  test('and does not answer is sent away after startupTimeout, with PostgreSQL’s words', async () => {
    const events: string[] = [];
    const limits = { startupTimeout: 100 };
    await using server = await Listening.open(
      deciding(events, (_, password) => password === 'secret'),
      { limits },
    );
    const silent = await server.connect();
    silent.send(alice);
    expect(await silent.untilEnd()).toContain(
      'S "FATAL" V "FATAL" C "57014" M "canceling authentication due to timeout"',
    );
    const prompt = await server.connect();
    prompt.send(alice, serialize.password('secret'));
    expect(await prompt.until('ReadyForQuery')).toContain('AuthenticationOk');
    prompt.stream.destroy();
  });
});

describe('a class that does not override handleAuth', () => {
  test('asks nobody for a password, but asks handleConnect', async () => {
    const connected: unknown[] = [];
    class Connection extends BaseConnection {
      override handleConnect(...parameters: Parameters<BaseConnection['handleConnect']>) {
        connected.push(parameters[0], parameters[1], parameters[2].serverName);
        return true;
      }
      override handleQuery() {
        return tag('OK');
      }
    }
    await using client = new Conversation(Connection);
    expect(await client.start()).toMatch(/^B\t8\tAuthenticationOk\n/);
    expect(connected).toEqual(['127.0.0.1', 4711, null]);
  });
});

test('a connection class whose constructor throws is logged, and its client refused', async () => {
  const failure = new Error('no database at 10.0.0.1');
  class Failing extends BaseConnection {
    constructor(...parameters: ConstructorParameters<typeof BaseConnection>) {
      super(...parameters);
      throw failure;
    }
    override handleQuery() {
      return tag('OK');
    }
  }
  await using client = new Conversation(Failing);
  client.send(alice);
  expect(await client.untilEnd()).toContain('S "FATAL" V "FATAL" C "XX000"');
  expect(client.logger.lines).toMatchObject([{ level: 'error', fields: { err: failure } }]);
});

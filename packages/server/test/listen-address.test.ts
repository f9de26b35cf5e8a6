import { describe, expect, test } from 'vitest';
import {
  type Authentication,
  BaseConnection,
  type ConnectionClass,
  type ListenTarget,
  RiffqServer,
  tag,
} from '../src/index.js';
import { answering, RecordingLogger } from './conversation.js';

const anything = answering(() => tag('OK'));

describe('a listen address', () => {
  test.each<[string, ListenTarget]>([
    ['nothing', ''],
    ['a port alone', '5432'],
    ['a colon and a port', ':5432'],
    ['a host alone', 'localhost'],
    ['a host and no port', 'localhost:'],
    ['a port that is no number', 'localhost:postgres'],
    ['a port that is too large', 'localhost:65536'],
    ['a negative port', 'localhost:-1'],
    ['an IPv6 address without brackets', '::1:5432'],
    ['an IPv6 address without a port', '[::1]'],
    ['a URL', 'postgres://localhost:5432'],
    ['a relative path', './socket'],
    ['a port object that is too large', { port: 65_536 }],
    ['a port object with a fraction', { port: 54.32 }],
    ['a port object that is no number', { port: Number.NaN }],
    ['a port object with an empty host', { host: '', port: 5432 }],
  ])('of %s is refused at once, with what is right', (_, target) => {
    expect(() => new RiffqServer(target, anything)).toThrow(
      expect.objectContaining({
        code: 'RIFFQ_ERR_LISTEN_ADDRESS',
        message: expect.stringMatching(
          /^invalid listen address ".*": use "host:port", "\[ipv6\]:port" or the path of a Unix socket$/,
        ),
      }),
    );
  });

  test.each<[string, ListenTarget, string]>([
    ['127.0.0.1 and a port', '127.0.0.1:0', '127.0.0.1'],
    ['a host name and a port', 'localhost:0', 'localhost'],
    ['IPv6 in brackets and a port', '[::1]:0', '::1'],
    ['a host and a port', { host: '127.0.0.1', port: 0 }, '127.0.0.1'],
    ['a port, which means this machine alone', { port: 0 }, '127.0.0.1'],
  ])('of %s is listened at, and the chosen port told', async (_, target, host) => {
    await using server = new RiffqServer(target, anything);
    expect(server.address()).toBeNull();
    const address = await server.listen();
    expect(address).toEqual(server.address());
    const expected = host === 'localhost' ? expect.stringMatching(/^(127\.0\.0\.1|::1)$/) : host;
    expect(address).toMatchObject({ address: expected, port: expect.any(Number) });
    expect(Object(address).port).toBeGreaterThan(0);
  });

  test.each<[string, boolean]>([
    ['0.0.0.0:0', true],
    ['[::]:0', true],
    ['127.0.0.1:0', false],
    ['[::1]:0', false],
    ['localhost:0', false],
  ])('of %s, without anybody being asked for a password: warned of: %j', async (target, warned) => {
    const logger = new RecordingLogger();
    await using server = new RiffqServer(target, anything, { logger });
    await server.listen();
    expect(logger.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual(
      warned
        ? [
            expect.stringMatching(
              /^warn: listening beyond this machine without asking for a password, unless .* a field/,
            ),
          ]
        : [],
    );
  });

  test('beyond this machine, with handleAuth as a field and a method, is warned of nothing that is not so', async () => {
    const logger = new RecordingLogger();
    class WithField extends anything {
      constructor(...context: ConstructorParameters<typeof BaseConnection>) {
        super(...context);
        Object.defineProperty(this, 'handleAuth', { value: () => true });
      }
    }
    const authentication = { method: 'password', allowUnencrypted: true } as const;
    await using server = new RiffqServer('0.0.0.0:0', WithField, { logger, authentication });
    await server.listen();
    expect(logger.lines).toEqual([]);
  });

  class WithPassword extends BaseConnection {
    override handleQuery() {
      return tag('OK');
    }
    override handleAuth() {
      return true;
    }
  }

  test.each<[string, ConnectionClass, Authentication | undefined, boolean]>([
    ['handleAuth', WithPassword, undefined, true],
    ['handleAuth, and clear text allowed', WithPassword, { method: 'password', allowUnencrypted: true }, false],
    ['the method password', anything, 'password', true],
    ['the method trust', anything, 'trust', false],
    ['a method for each client', WithPassword, () => 'password', false],
    ['SCRAM', anything, 'scram-sha-256', false],
  ])('beyond this machine, without TLS, with %s', async (_, connectionClass, authentication, warned) => {
    const logger = new RecordingLogger();
    await using server = new RiffqServer('0.0.0.0:0', connectionClass, {
      logger,
      ...(authentication && { authentication }),
    });
    await server.listen();
    expect(logger.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual(
      warned ? [expect.stringMatching(/^warn: clients of other machines are refused, .*setTls/)] : [],
    );
  });
});

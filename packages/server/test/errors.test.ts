import { PgError as WirePgError } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { BaseConnection, PgError, type ServerOptions, tag } from '../src/index.js';
import { answering, Conversation } from './conversation.js';
import { extended, query, sync } from './frames.js';
import { Latch } from './latch.js';
import { startupMessage } from './startup-packets.js';
import { untyped } from './untyped.js';

async function asked(thrown: unknown, options: ServerOptions = {}) {
  await using client = new Conversation(
    answering(() => {
      throw thrown;
    }),
    options,
  );
  await client.start();
  const trace = await client.ask(query('select'));
  return { error: trace.split('\n')[0]?.split('\t')[3] ?? '', trace, lines: client.logger.lines };
}

const failure = (fields: object): Error => Object.assign(new Error('no'), fields);

describe('what a handler throws becomes an ErrorResponse:', () => {
  test.each<[string, unknown, string]>([
    ['an Error is XX000 with its message', new Error('no such file'), 'S "ERROR" V "ERROR" C "XX000" M "no such file"'],
    [
      'a PgError is itself',
      new PgError({ sqlstate: '42P01', message: 'no', detail: 'd', hint: 'h' }),
      'C "42P01" M "no" D "d" H "h"',
    ],
    ['a sqlstate counts', failure({ sqlstate: '22012' }), 'C "22012" M "no"'],
    ['a code counts, as node-postgres has it', failure({ code: '23505' }), 'C "23505" M "no"'],
    ['a sqlstate comes before a code', failure({ sqlstate: '22012', code: '23505' }), 'C "22012"'],
    ['a bad sqlstate leaves the code', failure({ sqlstate: 'oops', code: '23505' }), 'C "23505"'],
    ['EPIPE is no SQLSTATE', failure({ code: 'EPIPE' }), 'C "XX000" M "no"'],
    ['ENOENT is none', failure({ code: 'ENOENT' }), 'C "XX000"'],
    ['a class that PostgreSQL has not is none', failure({ code: '99999' }), 'C "XX000"'],
    ['lower case is none', failure({ code: '42p01' }), 'C "XX000"'],
    ['a number is none', failure({ code: 42_601 }), 'C "XX000"'],
    [
      'a PgError with a bad SQLSTATE is XX000',
      new PgError({ sqlstate: 'ECONNREFUSED', message: 'no' }),
      'C "XX000" M "no"',
    ],
    ['a PgError of another copy is itself', new WirePgError({ sqlstate: '42P01', message: 'no' }), 'C "42P01" M "no"'],
    [
      'other fields that PostgreSQL has are taken',
      failure({
        detail: 'd',
        hint: 'h',
        where: 'w',
        schema: 's',
        table: 't',
        column: 'c',
        dataType: 'y',
        constraint: 'k',
        position: '3',
      }),
      'M "no" D "d" H "h" P "3" W "w" s "s" t "t" c "c" d "y" n "k"',
    ],
    [
      'fields that are none are not',
      failure({ detail: 5, hint: '', position: 'x', file: 'secret.c' }),
      'C "XX000" M "no" \\x00',
    ],
    ['an Error without a message', new Error(''), 'C "XX000" M "unknown error"'],
    [
      'an Error whose code is a getter',
      new (class extends Error {
        get code() {
          return '22012';
        }
      })('no'),
      'C "22012" M "no"',
    ],
    ['a string', 'out of order', 'C "XX000" M "out of order"'],
    ['undefined', undefined, 'C "XX000" M "the handler threw undefined"'],
    ['an object', { message: 'no', code: '22012' }, 'C "22012" M "no"'],
  ])('%s', async (_, thrown, expected) => {
    const { error, trace } = await asked(thrown);
    expect(error).toContain(expected);
    expect(trace).toMatch(/ReadyForQuery\t I\n$/);
  });

  test.each(['ZZ123', 'MY001', 'U0001', '45000', '99999', 'AB1C2', 'YYYYY'])('a PgError keeps %s', async (code) => {
    expect((await asked(new PgError({ sqlstate: code, message: 'no' }))).error).toContain(`C "${code}" M "no"`);
  });

  test('stack and cause go to the logger and not to the client', async () => {
    const thrown = new Error('no', { cause: new Error('the secret reason') });
    const { trace, lines } = await asked(thrown);
    expect(trace).not.toMatch(/secret|errors\.test|at /);
    expect(lines).toMatchObject([{ level: 'error', fields: { err: thrown }, message: 'a handler failed' }]);
  });

  test('an error that the handler chose is not logged', async () => {
    expect((await asked(new PgError({ sqlstate: '42P01', message: 'no' }))).lines).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a PgError', new PgError({ severity: 'FATAL', sqlstate: '57P01', message: 'bye' })],
    ['an error of an upstream', failure({ severity: 'FATAL', code: '57P01' })],
    ['a lost upstream', failure({ severity: 'FATAL', code: '08006' })],
    ['a panic', new PgError({ severity: 'PANIC', sqlstate: '57P02', message: 'bye' })],
  ])('FATAL ends the session: %s', async (_, thrown) => {
    await using client = new Conversation(
      answering(() => {
        throw thrown;
      }),
    );
    await client.start();
    client.send(extended('select'), sync(), query('select'));
    const trace = await client.untilEnd();
    expect(trace).toMatch(/ErrorResponse\t S "(FATAL|PANIC)".*\n$/);
    expect(trace.match(/ErrorResponse/g)).toHaveLength(1);
    await client.served;
  });
});

describe('onError', () => {
  test('may replace what the client gets, and is told the error itself and the session', async () => {
    const thrown = new Error('password=secret');
    const seen: unknown[] = [];
    const { trace } = await asked(thrown, {
      onError: (error, session) => {
        seen.push(error, session.user);
        return new PgError({ sqlstate: '58000', message: 'something went wrong' });
      },
    });
    expect(trace).toContain('C "58000" M "something went wrong" \\x00');
    expect(trace).not.toContain('secret');
    expect(seen).toEqual([thrown, 'alice']);
  });

  test('leaves the error as it is by answering nothing', async () => {
    expect((await asked(new Error('no'), { onError: () => undefined })).error).toContain('M "no"');
  });

  test('may end the session', async () => {
    await using client = new Conversation(
      answering(() => {
        throw new Error('no');
      }),
      { onError: () => new PgError({ severity: 'FATAL', message: 'enough' }) },
    );
    await client.start();
    client.send(query('select'));
    expect(await client.untilEnd()).toContain('S "FATAL" V "FATAL" C "XX000" M "enough"');
  });
});

describe('what the constructor of a connection class throws', () => {
  const secret = new Error('cannot open db: password=hunter2');
  /** What a stranger is told, and what the host's log has. */
  async function told(thrown: unknown, options: ServerOptions = {}) {
    class Connection extends BaseConnection {
      constructor(...context: ConstructorParameters<typeof BaseConnection>) {
        super(...context);
        throw thrown;
      }
      override handleQuery() {
        return tag('OK');
      }
    }
    await using client = new Conversation(Connection, { authentication: 'reject', ...options });
    client.send(startupMessage(0, { user: 'alice' }));
    return { trace: await client.untilEnd(), logged: client.logger.lines };
  }

  test('is for the log alone', async () => {
    const { trace, logged } = await told(secret);
    expect(trace).toMatch(
      /^B\t\d+\tErrorResponse\t S "FATAL" V "FATAL" C "XX000" M "the session could not be opened" \\x00\n$/,
    );
    expect(logged).toEqual([expect.objectContaining({ level: 'error', fields: { err: secret, connectionId: 0 } })]);
  });

  test('is for the client when it is a PgError, which ends the session', async () => {
    const { trace } = await told(new PgError({ sqlstate: '57P03', message: 'the database system is starting up' }));
    expect(trace).toContain('S "FATAL" V "FATAL" C "57P03" M "the database system is starting up"');
  });

  test('may be replaced by onError, which is told the error and the session', async () => {
    const seen: unknown[] = [];
    const { trace } = await told(secret, {
      onError: (error, session) => {
        seen.push(error, session.user);
        return new PgError({ sqlstate: '58000', message: 'come back later' });
      },
    });
    expect(trace).toContain('S "FATAL" V "FATAL" C "58000" M "come back later"');
    expect(seen).toEqual([secret, 'alice']);
  });

  test('stays secret when onError leaves it as it is, or fails', async () => {
    const ways = [
      () => undefined,
      () => {
        throw new Error('onError is broken');
      },
    ];
    for (const onError of ways)
      expect((await told(secret, { onError })).trace).toContain('M "the session could not be opened"');
  });
});

describe('settings to begin with that are none', () => {
  test.each([
    ['null', null, 'null'],
    ['a value that is no text', { search_path: 7 }, 'initialSettings.search_path is of type number, not a string'],
  ])('refuse the session, and the log has the reason: %s', async (_, given, reason) => {
    class Misled extends BaseConnection {
      override readonly initialSettings = untyped(given);
      override handleQuery() {
        return tag('OK');
      }
    }
    await using client = new Conversation(Misled);
    client.send(startupMessage(0, { user: 'alice' }));
    expect(await client.untilEnd()).toContain('S "FATAL" V "FATAL" C "XX000" M "the session could not be opened"');
    const err: unknown = expect.objectContaining({ message: expect.stringContaining(reason) });
    expect(client.logger.lines).toEqual([
      expect.objectContaining({ level: 'error', fields: { err, connectionId: 0 } }),
    ]);
  });
});

describe('what a handler throws', () => {
  test('after its client is gone is nobody’s concern', async () => {
    const started = new Latch();
    const latch = new Latch();
    await using client = new Conversation(
      answering(async () => {
        started.open();
        await latch.opened;
        throw new Error('too late');
      }),
    );
    await client.start();
    client.send(query('select'));
    await started.opened;
    client.stream.end();
    await client.served;
    latch.open();
    await latch.opened;
    expect(client.logger.lines).toEqual([]);
  });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serialize } from 'pg-protocol';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { RawClient } from '../src/raw-client/raw-client.js';
import { waitForCatalog } from '../src/wait-for-catalog.js';
import { failure, TinyServer } from './raw-client/tiny-server.js';

const { port, database, user, password } = inject('oracle');
const session = { user, password };
const sequence = 'wait_for_catalog_attempts';
/** -2 the first time, then division by zero, then 2. */
const thirdTime = `select 2 / (nextval('${sequence}') - 2)`;

let owner: RawClient;

beforeEach(async () => {
  owner = await RawClient.connect({ port }, { ...session, database });
  await owner.ask(serialize.query(`drop sequence if exists ${sequence}; create sequence ${sequence}`));
});

afterEach(async () => {
  await owner.ask(serialize.query(`drop sequence ${sequence}`));
  await owner.close();
});

describe('a catalog that gets ready later', () => {
  test('is waited for through other values and errors of the query', async () => {
    const begun = performance.now();
    const waited = await waitForCatalog(port, database, thirdTime, 2, session);
    expect(waited).toBeGreaterThan(150);
    expect(waited).toBeLessThanOrEqual(performance.now() - begun);
    const reply = await owner.ask(serialize.query(`select last_value from ${sequence}`));
    expect(reply.trace).toContain("DataRow\t 1 1 '3'");
  });

  test('is waited for while the server takes nobody in', async () => {
    let refused = 0;
    await using server = await TinyServer.listen((socket) => {
      if (refused < 2) {
        refused += 1;
        socket.destroy();
      } else {
        relay(socket);
      }
    });
    await waitForCatalog(server.port, database, 'select 1', 1, session);
    expect(refused).toBe(2);
  });
});

test.each([
  ['an integer', 'select 5', 5],
  ['a numeric with its scale', 'select 1.50', 1.5],
  ['a bigint', 'select 9007199254740993', 9_007_199_254_740_993n],
  ['true', 'select true', true],
  ['false', 'select false', false],
  ['a text', "select 'zwölf'", 'zwölf'],
  ['a text that is empty', "select ''", ''],
  ['NULL', 'select null', null],
  ['NaN', "select 'NaN'::float8", Number.NaN],
  ['the first of many', 'select n, 0 from generate_series(1, 100000) as n', 1],
])('the value may be %s', async (_, sql, expected) => {
  await waitForCatalog(port, database, sql, expected, { ...session, attempts: 1 });
});

describe('a catalog that does not get ready', () => {
  test.each([
    ['another value', 'select 2', "the value was '2'"],
    ['a value that is missing', 'select null', 'the value was null'],
    ['no row', 'select 1 where false', 'the query gave no row'],
    ['no column', 'select', 'the query gave no column'],
    ['an error', 'select * from nowhere', 'relation "nowhere" does not exist'],
  ])('is an error that names what was asked, and why the last attempt failed: %s', async (_, sql, reason) => {
    const { message } = await failure(waitForCatalog(port, database, sql, 1, { ...session, attempts: 2 }));
    expect(message).toBe(
      `catalog not ready after 0s. port=${port}, database='${database}', probe='${sql}', expected=1. The last attempt: ${reason}`,
    );
  });

  test('because the password is wrong is one, too', async () => {
    const options = { user, password: 'wrong', attempts: 1 };
    const { message, cause } = await failure(waitForCatalog(port, database, 'select 1', '1', options));
    expect(message).toMatch(/expected='1'\. The last attempt: password authentication failed/);
    expect(cause).toMatchObject({ sqlstate: '28P01' });
  });
});

describe('a signal that aborts', () => {
  const reason = new Error('never mind');

  test('before, is the error at once', async () => {
    const given = { ...session, signal: AbortSignal.abort(reason) };
    expect(await failure(waitForCatalog(port, database, 'select 1', 1, given))).toBe(reason);
  });

  test('while a server says nothing, ends the attempt', async () => {
    const controller = new AbortController();
    await using server = await TinyServer.listen((socket) => {
      socket.once('data', () => controller.abort(reason));
    });
    const { signal } = controller;
    expect(await failure(waitForCatalog(server.port, database, 'select 1', 1, { signal }))).toBe(reason);
  });

  test('between two attempts, ends the wait', async () => {
    const controller = new AbortController();
    await using server = await TinyServer.listen((socket) => {
      socket.destroy();
      setImmediate(() => controller.abort(reason));
    });
    const { signal } = controller;
    expect(await failure(waitForCatalog(server.port, database, 'select 1', 1, { signal }))).toBe(reason);
  });
});

/** Leads a client on to PostgreSQL. */
async function relay(client: Socket): Promise<void> {
  const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  client.pipe(server).pipe(client);
  await once(
    server.on('error', () => undefined),
    'close',
  );
  client.destroy();
}
